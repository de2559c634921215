using AwoooP.Journal.Membership;

namespace AwoooP.Runtime.Membership;

/// <summary>Has this silo join the others only when Orleans is active here: until then it refuses calls, and that takes seconds on a busy machine.</summary>
internal sealed class JoinWhenActive : IJoinGate, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly TaskCompletionSource _active = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Opened => _active.Task;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(JoinWhenActive), ServiceLifecycleStage.Active, _ =>
    {
        _active.TrySetResult();
        return Task.CompletedTask;
    });
}
