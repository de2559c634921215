using AwoooP.Journal.Membership;

namespace AwoooP.Journal.Tests.Cluster;

/// <summary>Does what a test wants when partitions are to be let go of.</summary>
internal sealed class RecordingRelease : IPartitionRelease
{
    private int _begun;
    private int _kept;

    public Func<IReadOnlySet<short>, CancellationToken, Task> Release { get; set; } = static (_, _) => Task.CompletedTask;

    public int Begun => Volatile.Read(ref _begun);

    public int KeptTimes => Volatile.Read(ref _kept);

    public Task ReleaseAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begun);
        return Release(partitions, cancellationToken);
    }

    public void Kept(IReadOnlySet<short> partitions) => Interlocked.Increment(ref _kept);
}
