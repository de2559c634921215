using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Alerts;

/// <summary>All alerts of one fingerprint: who fires, how often it happened, which incident it is.</summary>
internal sealed record Alert : IAggregateState<Alert, AlertEvent>
{
    public static string AggregateType => AggregateTypes.Alert;

    public static Alert Initial { get; } = new();

    public static int StateVersion => 3;

    public static JsonTypeInfo<Alert> Json => AlertJson.Default.Alert;

    public AlertIdentity? Identity { get; init; }
    public AlertClassification? Classification { get; init; }
    public AlertStatus Status { get; init; }
    public int HitCount { get; init; }
    public OccurrenceHistory History { get; init; } = OccurrenceHistory.Empty;
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset LastSeenAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public string? IncidentId { get; init; }

    /// <summary>Firing members by id.</summary>
    public ImmutableDictionary<string, TrackedMember> Members { get; init; } = ImmutableDictionary<string, TrackedMember>.Empty;

    /// <summary>Members that ended lately, by id.</summary>
    public ImmutableDictionary<string, QuietMember> Quiet { get; init; } = ImmutableDictionary<string, QuietMember>.Empty;

    /// <summary>The last order taken of each intake partition.</summary>
    public ImmutableDictionary<short, long> Marks { get; init; } = ImmutableDictionary<short, long>.Empty;

    /// <summary>A quiet alert has no deadline left.</summary>
    public bool IsEnded => Status is AlertStatus.Resolved && IncidentId is not null;

    /// <summary>When the first of the members will be taken as ended; what the wake-up <c>expire</c> is set to.</summary>
    public DateTimeOffset? NextEnd() => Members.IsEmpty ? null : Members.Values.Min(member => member.EndsAt);

    public Alert Apply(AlertEvent @event, DateTimeOffset at) => @event switch
    {
        AlertFired fired => (Occur(fired.Member) with
        {
            Identity = fired.Identity,
            Classification = fired.Classification,
            Status = AlertStatus.Firing,
            HitCount = fired.HitCount,
            FirstSeenAt = Identity is null ? fired.Member.ReceivedAt : FirstSeenAt,
            ResolvedAt = null,
        }).Count(fired.HitCount > HitCount, fired.Member).Mark(fired.Mark),
        AlertOccurred occurred => (Occur(occurred.Member) with { HitCount = occurred.HitCount, Classification = occurred.Classification }).Count(true, occurred.Member).Mark(occurred.Mark),
        AlertMembersSeen seen => seen.Members.Aggregate(this, (state, member) => state.Occur(member)).Mark(seen.Mark) with { Classification = seen.Classification },
        AlertMembersRenewed renewed => Renew(renewed.Members).Mark(renewed.Mark),
        AlertMembersEnded ended => End(ended.Members).Mark(ended.Mark),
        AlertResolved => this with { Status = AlertStatus.Resolved, ResolvedAt = at },
        AlertIncidentLinked linked => this with { IncidentId = linked.IncidentId },
        _ => throw new InvalidOperationException($"An alert knows no {@event.GetType().Name}."),
    };

    private Alert Occur(AlertMember member) => this with
    {
        Members = Members.SetItem(member.MemberId, TrackedMember.Of(member)),
        Quiet = Quiet.Remove(member.MemberId),
        LastSeenAt = member.ReceivedAt > LastSeenAt ? member.ReceivedAt : LastSeenAt,
    };

    private Alert Renew(IReadOnlyList<RenewedMember> renewed)
    {
        var members = Members.ToBuilder();
        var lastSeenAt = LastSeenAt;
        foreach (var (memberId, endsAt, receivedAt) in renewed)
        {
            members[memberId] = members[memberId] with { EndsAt = endsAt, ReceivedAt = receivedAt };
            if (receivedAt > lastSeenAt)
                lastSeenAt = receivedAt;
        }

        return this with { Members = members.ToImmutable(), LastSeenAt = lastSeenAt };
    }

    private Alert Count(bool isOccurrence, AlertMember member) => isOccurrence ? this with { History = History.Add(member.ReceivedAt) } : this;

    private Alert Mark(IntakeMark? mark) => mark is null ? this : this with { Marks = Marks.SetItem(mark.Partition, mark.Order) };

    private Alert End(IReadOnlyList<EndedMember> ended)
    {
        var members = Members.ToBuilder();
        var quiet = Quiet.ToBuilder();
        foreach (var member in ended)
        {
            // An end may overtake the firing that it ends; remembered, it keeps that firing from coming to life afterwards.
            var (startsAt, receivedAt) = members.Remove(member.MemberId, out var tracked)
                ? (tracked.StartsAt, tracked.ReceivedAt)
                : (quiet.GetValueOrDefault(member.MemberId)?.StartsAt, member.EndedAt);
            quiet[member.MemberId] = new QuietMember(startsAt, member.ToldAt ?? receivedAt, member.EndedAt);
        }

        if (quiet.Count > AlertLimits.MaxQuietMembers)
        {
            var surplus = quiet.OrderBy(pair => pair.Value.ReceivedAt).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(quiet.Count - AlertLimits.MaxQuietMembers).Select(pair => pair.Key).ToArray();
            quiet.RemoveRange(surplus);
        }

        return this with { Members = members.ToImmutable(), Quiet = quiet.ToImmutable() };
    }
}
