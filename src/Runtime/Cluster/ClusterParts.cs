namespace AwoooP.Runtime.Cluster;

/// <summary>What an engine that is one of several needs: where grains are, and the way there.</summary>
internal sealed record ClusterParts(Placement Placement, ClusterRouter Router);
