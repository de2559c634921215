using AwoooP.Journal.Membership;

namespace AwoooP.Runtime.Membership;

/// <summary>Has Orleans look at its table as soon as the journal's view of the silos has changed.</summary>
internal sealed class MembershipFollower(IClusterMap map, IClusterMembershipService orleans) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(MembershipFollower), ServiceLifecycleStage.BecomeActive, StartAsync, StopAsync);

    private Task StartAsync(CancellationToken cancellationToken)
    {
        map.Changed += Look;
        return Task.CompletedTask;
    }

    private Task StopAsync(CancellationToken cancellationToken)
    {
        map.Changed -= Look;
        return Task.CompletedTask;
    }

    private void Look() => _ = Task.Run(async () => await orleans.Refresh());
}
