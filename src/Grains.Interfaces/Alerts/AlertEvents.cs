using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Alerts;

public abstract record AlertEvent;

/// <summary>The last intake item that the commit took: what lies at or before it in its partition was taken too, and is passed over when it comes again.</summary>
/// <param name="Order">The record's sequence number, times 2^20, plus the place of the alert in the record.</param>
public sealed record IntakeMark(short Partition, long Order);

/// <summary>The alert went from quiet to firing: it opens an incident, or reopens the one before if that is recent. Tells <paramref name="Member"/> as seen.</summary>
public sealed record AlertFired(
    AlertIdentity Identity,
    AlertClassification Classification,
    AlertMember Member,
    int HitCount,
    AlertFrequency Frequency,
    string? PreviousIncidentId,
    DateTimeOffset? PreviousResolvedAt,
    IntakeMark? Mark = null) : AlertEvent;

/// <summary>A further occurrence (a new startsAt) while the alert was firing already. Tells <paramref name="Member"/> as seen.</summary>
public sealed record AlertOccurred(
    AlertIdentity Identity,
    AlertClassification Classification,
    AlertMember Member,
    int HitCount,
    string? IncidentId,
    IntakeMark? Mark = null) : AlertEvent;

/// <summary>Members as last sent, since something about them changed: a new member, other annotations. Leaves out those that an event before it in the same commit told.</summary>
public sealed record AlertMembersSeen(
    AlertIdentity Identity,
    AlertClassification Classification,
    IReadOnlyList<AlertMember> Members,
    int HitCount,
    IntakeMark? Mark = null) : AlertEvent;

/// <summary>
/// Members that were sent again and say nothing new but how long they go on: by far the most news there is, so told in few bytes.
/// Leaves out those that an event before it in the same commit told.
/// </summary>
public sealed record AlertMembersRenewed(IReadOnlyList<RenewedMember> Members, IntakeMark? Mark = null) : AlertEvent;

public sealed record RenewedMember(string MemberId, DateTimeOffset EndsAt, DateTimeOffset ReceivedAt);

/// <summary>Members that ended, or whose end time passed without a further word.</summary>
public sealed record AlertMembersEnded(IReadOnlyList<EndedMember> Members, IntakeMark? Mark = null) : AlertEvent;

/// <param name="ToldAt">When its sender said so; null when its end time passed in silence.</param>
public sealed record EndedMember(string MemberId, DateTimeOffset EndedAt, DateTimeOffset? ToldAt = null);

/// <summary>Every member has ended.</summary>
public sealed record AlertResolved(AlertIdentity Identity, string? IncidentId) : AlertEvent;

public sealed record AlertIncidentLinked(string IncidentId) : AlertEvent;

public static class AlertEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<AlertFired>("alert.fired", 1, AlertEventJson.Default.AlertFired),
        new EventType<AlertOccurred>("alert.occurred", 1, AlertEventJson.Default.AlertOccurred),
        new EventType<AlertMembersSeen>("alert.members_seen", 1, AlertEventJson.Default.AlertMembersSeen),
        new EventType<AlertMembersRenewed>("alert.members_renewed", 1, AlertEventJson.Default.AlertMembersRenewed),
        new EventType<AlertMembersEnded>("alert.members_ended", 1, AlertEventJson.Default.AlertMembersEnded),
        new EventType<AlertResolved>("alert.resolved", 1, AlertEventJson.Default.AlertResolved),
        new EventType<AlertIncidentLinked>("alert.incident_linked", 1, AlertEventJson.Default.AlertIncidentLinked),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertFired))]
[JsonSerializable(typeof(AlertOccurred))]
[JsonSerializable(typeof(AlertMembersSeen))]
[JsonSerializable(typeof(AlertMembersRenewed))]
[JsonSerializable(typeof(AlertMembersEnded))]
[JsonSerializable(typeof(AlertResolved))]
[JsonSerializable(typeof(AlertIncidentLinked))]
internal sealed partial class AlertEventJson : JsonSerializerContext;
