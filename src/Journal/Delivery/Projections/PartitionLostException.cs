namespace AwoooP.Journal.Delivery.Projections;

/// <summary>A partition was lost while its events were being applied: the transaction ends here, since it may hold rows that the next owner waits for.</summary>
internal sealed class PartitionLostException(string consumer) : Exception($"{consumer} no longer delivers a partition whose events it was applying.");
