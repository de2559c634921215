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

    /// <summary>Of those that it was asked for, the ones that it lets go of then; the others with the next time.</summary>
    public Func<IReadOnlySet<short>, IReadOnlySet<short>> Choose { get; set; } = static partitions => partitions;

    public async Task<IReadOnlySet<short>> ReleaseAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begun);
        await Release(partitions, cancellationToken);
        return Choose(partitions);
    }

    public void Kept(IReadOnlySet<short> partitions) => Interlocked.Increment(ref _kept);
}
