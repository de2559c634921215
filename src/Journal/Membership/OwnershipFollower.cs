using AwoooP.Journal.Faults;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Keeps what a silo works on in line with what it owns: from the start, at each change of ownership, and, since a lease that runs out
/// is told by the clock and by nobody's call, whenever a look shows that they differ.
/// </summary>
internal sealed class OwnershipFollower(IPartitionOwnership ownership, IPartitionWork work, TimeSpan firstBackOff, TimeSpan maxBackOff, TimeProvider time)
{
    private readonly Signal _changed = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ownership.Changed += OnChanged;
        try
        {
            for (var failures = 0; ;)
            {
                try
                {
                    await work.MatchAsync(ownership.Owned, cancellationToken);
                    failures = 0;
                }
                catch (Exception fault) when (!fault.IsStop(cancellationToken))
                {
                    work.MatchFailed(++failures, fault);
                    await Task.Delay(BackOff.After(failures, firstBackOff, maxBackOff), time, cancellationToken);
                    continue;
                }

                await _changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            ownership.Changed -= OnChanged;
        }
    }

    /// <summary>For a loop that comes by every second or so.</summary>
    public void Look()
    {
        if (!ownership.Owned.SetEquals(work.Partitions))
            OnChanged();
    }

    private void OnChanged()
    {
        work.StopOthersThan(ownership.Owned);
        _changed.Set();
    }
}
