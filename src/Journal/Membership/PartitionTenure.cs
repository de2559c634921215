namespace AwoooP.Journal.Membership;

/// <summary>
/// One ownership of a partition by this silo, from its taking to its end; the same silo's next one is another. What was loaded under it may
/// be told for as long as <see cref="OwnedPartitions.Covers"/> says so: afterwards another silo may have written.
/// </summary>
/// <param name="incarnation">What this silo was admitted as when it took the partition.</param>
public sealed class PartitionTenure(short partition, Incarnation incarnation)
{
    private volatile bool _isOver;

    public short Partition => partition;

    public Incarnation Incarnation => incarnation;

    /// <summary>Once true it stays so. That it is false says nothing of the lease.</summary>
    public bool IsOver => _isOver;

    internal void End() => _isOver = true;
}
