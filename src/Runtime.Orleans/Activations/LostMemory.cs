using AwoooP.Journal.Membership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AwoooP.Runtime.Activations;

/// <summary>
/// Sends every grain out of memory when the silo was declared dead, or the database is no longer the one that it was. Without a journal nothing
/// of it happens.
/// </summary>
internal sealed partial class LostMemory(PlacedActivations activations, ILogger<LostMemory> logger, SiloMembership? membership = null) : IHostedService
{
    private static readonly DeactivationReason Outdated = new(DeactivationReasonCode.RuntimeRequested, "What it remembers may be wrong.");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (membership is not null)
            membership.MemoryInvalidated += Drop;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (membership is not null)
            membership.MemoryInvalidated -= Drop;
        return Task.CompletedTask;
    }

    private void Drop() => _ = DropAsync();

    private async Task DropAsync()
    {
        LogDropping();
        try
        {
            await activations.DeactivateAsync(static _ => true, Outdated, CancellationToken.None);
        }
        catch (Exception fault)
        {
            // Each of them still knows that it is outdated, and answers nothing.
            LogDropFailed(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Every activation is dropped: what grains remember may be wrong")]
    private partial void LogDropping();

    [LoggerMessage(Level = LogLevel.Error, Message = "Activations could not all be dropped")]
    private partial void LogDropFailed(Exception fault);
}
