namespace AwoooP.Journal.Membership;

/// <summary>Whoever holds memory of partitions, and must let go of it before they move to another silo.</summary>
public interface IPartitionRelease
{
    /// <summary>
    /// Begins nothing more in the partitions, lets what is under way end, and forgets what it remembers of them. When it throws, they stay. When
    /// the token is cancelled, the time for it is over and they leave all the same: what is still under way may not answer from memory, and what
    /// it commits is answered as fenced. From then on the release itself closes nothing more: they may have been taken anew.
    /// </summary>
    /// <returns>
    /// Those where that is done, and which now leave <see cref="IPartitionOwnership.Owned"/>: all of them at once, or some of them after a short
    /// while; then it is asked again for the rest.
    /// </returns>
    Task<IReadOnlySet<short>> ReleaseAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken);

    /// <summary>A release was begun, but the partitions are still this silo's, or are again: whatever waits for them may go on here.</summary>
    void Kept(IReadOnlySet<short> partitions)
    {
    }
}
