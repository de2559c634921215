using AwoooP.Journal.Membership;

namespace AwoooP.Runtime.Cluster;

/// <summary>Where a grain is.</summary>
/// <param name="Owner">Set when it is elsewhere.</param>
internal readonly record struct Site(SiteKind Kind, ClusterMember? Owner)
{
    public static readonly Site Here = new(SiteKind.Here, null);
    public static readonly Site Nowhere = new(SiteKind.Nowhere, null);
}
