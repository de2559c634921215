using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AwoooP.Models;

/// <summary>
/// Calls of this silo whose accounts are still being told how they ended, some of them behind the answer. The silo's stop waits for them; what a kill
/// cuts off expires in the accounts.
/// </summary>
internal sealed class UntoldCalls(ILogger<UntoldCalls> logger) : IHostedService
{
    private readonly ConcurrentDictionary<Task, Guid> _telling = new();

    /// <summary>Sees a telling to its end, whoever goes on without it.</summary>
    public void Keep(Guid callId, Task telling)
    {
        if (telling.IsCompleted)
            return;

        _telling.TryAdd(telling, callId);
        _ = ForgetAsync(callId, telling);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Each telling has a limit of its own, so this ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_telling.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task ForgetAsync(Guid callId, Task telling)
    {
        await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _telling.TryRemove(telling, out _);
        if (telling.Exception is { } fault)
            ModelLog.TellingBroke(logger, fault, callId);
    }
}
