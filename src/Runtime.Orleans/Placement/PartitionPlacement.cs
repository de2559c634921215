namespace AwoooP.Runtime.Placement;

/// <summary>A grain is where its partition is owned.</summary>
internal sealed class PartitionPlacement : PlacementStrategy;
