using AwoooP.Journal.Membership;
using Microsoft.Extensions.Logging;

namespace AwoooP.Runtime.Membership;

/// <summary>Has Orleans look at its table as soon as the journal's view of the silos has changed.</summary>
internal sealed partial class MembershipFollower(IClusterMap map, IClusterMembershipService orleans, ILogger<MembershipFollower> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Before this silo tries whether it reaches the others: of those, some may be found dead meanwhile.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(MembershipFollower), ServiceLifecycleStage.AfterRuntimeGrainServices, StartAsync, StopAsync);

    private Task StartAsync(CancellationToken cancellationToken)
    {
        map.Changed += Look;
        Look();
        return Task.CompletedTask;
    }

    private Task StopAsync(CancellationToken cancellationToken)
    {
        map.Changed -= Look;
        return Task.CompletedTask;
    }

    private void Look() => _ = LookAsync();

    private async Task LookAsync()
    {
        // The map's loop goes on at once.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await orleans.Refresh();
        }
        catch (Exception fault)
        {
            // Orleans looks by itself as well, once a while.
            LogFailed(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Orleans did not take up a change of the silos")]
    private partial void LogFailed(Exception fault);
}
