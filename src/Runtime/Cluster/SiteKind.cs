namespace AwoooP.Runtime.Cluster;

internal enum SiteKind
{
    /// <summary>At this silo.</summary>
    Here,

    Elsewhere,

    /// <summary>No silo owns the partition at the moment, or none that can be reached.</summary>
    Nowhere,
}
