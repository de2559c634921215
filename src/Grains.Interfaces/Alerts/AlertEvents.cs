using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Alerts;

public abstract record AlertEvent;

/// <summary>The alert went from quiet to firing: it opens an incident, or reopens the one before if that is recent.</summary>
public sealed record AlertFired(
    AlertIdentity Identity,
    AlertClassification Classification,
    AlertMember Member,
    int HitCount,
    AlertFrequency Frequency,
    string? PreviousIncidentId,
    DateTimeOffset? PreviousResolvedAt) : AlertEvent;

/// <summary>A further occurrence (a new startsAt) while the alert was firing already.</summary>
public sealed record AlertOccurred(AlertIdentity Identity, AlertClassification Classification, AlertMember Member, int HitCount, string? IncidentId) : AlertEvent;

/// <summary>Members as last sent: new ones, moved end times, changed annotations. One event a batch.</summary>
public sealed record AlertMembersSeen(AlertIdentity Identity, AlertClassification Classification, IReadOnlyList<AlertMember> Members, int HitCount) : AlertEvent;

/// <summary>Members that ended, or whose end time passed without a further word.</summary>
public sealed record AlertMembersEnded(IReadOnlyList<EndedMember> Members) : AlertEvent;

public sealed record EndedMember(string MemberId, DateTimeOffset EndedAt);

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
        new EventType<AlertMembersEnded>("alert.members_ended", 1, AlertEventJson.Default.AlertMembersEnded),
        new EventType<AlertResolved>("alert.resolved", 1, AlertEventJson.Default.AlertResolved),
        new EventType<AlertIncidentLinked>("alert.incident_linked", 1, AlertEventJson.Default.AlertIncidentLinked),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertFired))]
[JsonSerializable(typeof(AlertOccurred))]
[JsonSerializable(typeof(AlertMembersSeen))]
[JsonSerializable(typeof(AlertMembersEnded))]
[JsonSerializable(typeof(AlertResolved))]
[JsonSerializable(typeof(AlertIncidentLinked))]
internal sealed partial class AlertEventJson : JsonSerializerContext;
