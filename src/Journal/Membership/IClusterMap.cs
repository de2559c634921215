namespace AwoooP.Journal.Membership;

/// <summary>
/// Where to find the owner of a partition. A view may be out of date by the time it is used: whoever is asked must know for itself
/// whether it owns the partition.
/// </summary>
public interface IClusterMap
{
    /// <summary>The newest look. Before the first one, <see cref="ClusterView.Empty"/>.</summary>
    ClusterView Current { get; }

    /// <summary>Raised after <see cref="Current"/> shows something else. Handlers must neither block nor throw.</summary>
    event Action? Changed;

    /// <summary>Asks for a look at the table soon. Cheap; many calls cost one look.</summary>
    void Refresh();
}
