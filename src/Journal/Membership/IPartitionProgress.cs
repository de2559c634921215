namespace AwoooP.Journal.Membership;

/// <summary>Whoever keeps in memory how far it has come in partitions, and stores it now and then.</summary>
internal interface IPartitionProgress
{
    /// <summary>Stores it now, so that the next owner of the partitions repeats little. What is not stored is repeated, which is no fault.</summary>
    Task StoreAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken);
}
