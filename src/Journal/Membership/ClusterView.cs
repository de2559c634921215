namespace AwoooP.Journal.Membership;

/// <summary>Who is there and who owns what, as one look at the table found it. Immutable.</summary>
public sealed class ClusterView
{
    private readonly ClusterMember?[] _owners = new ClusterMember?[PartitionMap.Count];

    /// <param name="owners">By partition, the silo that owns it at the incarnation of its member.</param>
    public ClusterView(long number, IReadOnlyList<ClusterMember> members, IReadOnlyDictionary<short, string> owners)
    {
        Number = number;
        Members = members;
        var living = members.Where(static member => member.IsAlive).ToDictionary(static member => member.SiloId, StringComparer.Ordinal);
        foreach (var (partition, owner) in owners)
            _owners[partition] = living.GetValueOrDefault(owner);
    }

    /// <summary>Before the first look: nobody is known.</summary>
    public static ClusterView Empty { get; } = new(0, [], new Dictionary<short, string>());

    /// <summary>Rises when a silo joins, leaves or is declared dead and when a partition changes hands: of two silos' views the higher one is newer.</summary>
    public long Number { get; }

    /// <summary>Every silo that ever joined under its name, by name; the dead ones too.</summary>
    public IReadOnlyList<ClusterMember> Members { get; }

    /// <summary>Null while no living silo owns the partition, as in the moment of a hand-over.</summary>
    public ClusterMember? OwnerOf(short partition) => _owners[partition];

    /// <summary>Whether this incarnation of the silo never answers again: it is dead, or a later one has joined.</summary>
    public bool IsOver(string siloId, long incarnation) => Members.FirstOrDefault(member => member.SiloId == siloId) is { } known
        && (known.Incarnation > incarnation || (known.Incarnation == incarnation && known.IsDead));

    internal bool ShowsTheSameAs(ClusterView other) =>
        Number == other.Number && Members.SequenceEqual(other.Members) && _owners.AsSpan().SequenceEqual(other._owners);
}
