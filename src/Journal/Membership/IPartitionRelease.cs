namespace AwoooP.Journal.Membership;

/// <summary>Whoever holds memory of partitions, and must let go of it before they move to another silo.</summary>
public interface IPartitionRelease
{
    /// <summary>
    /// Begins nothing more in the partitions, lets what is under way end, and forgets what it remembers of them. Completes when that is
    /// done; then they leave <see cref="IPartitionOwnership.Owned"/>. When it throws, they stay. When the token is cancelled, the time for it
    /// is over and they leave all the same: what is still under way may not answer from memory, and what it commits is answered as fenced.
    /// </summary>
    Task ReleaseAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken);

    /// <summary>A release was begun, but the partitions are still this silo's, or are again: whatever waits for them may go on here.</summary>
    void Kept(IReadOnlySet<short> partitions)
    {
    }
}
