using System.Text.Json.Serialization;
using AwoooP.Alerts;
using AwoooP.Events;
using AwoooP.Playbooks;
using AwoooP.Wording;

namespace AwoooP.Incidents;

public abstract record IncidentEvent;

public sealed record IncidentOpened(
    string IncidentId,
    AlertIdentity Identity,
    AlertClassification Classification,
    AlertMember Signal,
    int HitCount,
    IReadOnlyList<string> AffectedServices,
    AlertFrequency Frequency) : IncidentEvent;

public sealed record IncidentSignalAdded(AlertMember Signal, int HitCount) : IncidentEvent;

/// <summary>The alert fired again within 30 minutes of the resolution.</summary>
public sealed record IncidentReopened(AlertMember Signal, int HitCount) : IncidentEvent;

public sealed record IncidentPlanProposed(RepairPlan Plan) : IncidentEvent;

/// <param name="Why">The reason as a phrase; null in events of before, and where a person gave it.</param>
public sealed record IncidentPlanDeclined(string Reason, Phrase? Why = null) : IncidentEvent;

/// <summary>The plan ended without having been executed: rejected, expired, cancelled or superseded. The status stays.</summary>
public sealed record IncidentPlanWithdrawn(Guid RunId, string ErrorCode) : IncidentEvent;

/// <summary>The alert stopped firing while a repair runs; the run's outcome decides what follows.</summary>
public sealed record IncidentAlertCleared(string Fingerprint) : IncidentEvent;

public sealed record IncidentAcknowledged(string By, string? Comment) : IncidentEvent;

public sealed record IncidentMitigationStarted(Guid RunId) : IncidentEvent;

/// <summary>The repair did not hold: back to investigating.</summary>
public sealed record IncidentRepairFailed(Guid RunId, string ErrorCode) : IncidentEvent;

/// <param name="Why">As in <see cref="IncidentPlanDeclined"/>.</param>
public sealed record IncidentEscalated(string Reason, string By, Phrase? Why = null) : IncidentEvent;

public sealed record IncidentResolved(ResolutionKind Kind, string By, Guid? RunId, string? Comment, DateTimeOffset OpenedAt) : IncidentEvent;

public sealed record IncidentClosed(string By, string? Comment) : IncidentEvent;

public static class IncidentEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<IncidentOpened>("incident.opened", 1, IncidentEventJson.Default.IncidentOpened),
        new EventType<IncidentSignalAdded>("incident.signal_added", 1, IncidentEventJson.Default.IncidentSignalAdded),
        new EventType<IncidentReopened>("incident.reopened", 1, IncidentEventJson.Default.IncidentReopened),
        new EventType<IncidentPlanProposed>("incident.plan_proposed", 1, IncidentEventJson.Default.IncidentPlanProposed),
        new EventType<IncidentPlanDeclined>("incident.plan_declined", 1, IncidentEventJson.Default.IncidentPlanDeclined),
        new EventType<IncidentPlanWithdrawn>("incident.plan_withdrawn", 1, IncidentEventJson.Default.IncidentPlanWithdrawn),
        new EventType<IncidentAlertCleared>("incident.alert_cleared", 1, IncidentEventJson.Default.IncidentAlertCleared),
        new EventType<IncidentAcknowledged>("incident.acknowledged", 1, IncidentEventJson.Default.IncidentAcknowledged),
        new EventType<IncidentMitigationStarted>("incident.mitigation_started", 1, IncidentEventJson.Default.IncidentMitigationStarted),
        new EventType<IncidentRepairFailed>("incident.repair_failed", 1, IncidentEventJson.Default.IncidentRepairFailed),
        new EventType<IncidentEscalated>("incident.escalated", 1, IncidentEventJson.Default.IncidentEscalated),
        new EventType<IncidentResolved>("incident.resolved", 1, IncidentEventJson.Default.IncidentResolved),
        new EventType<IncidentClosed>("incident.closed", 1, IncidentEventJson.Default.IncidentClosed),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(IncidentOpened))]
[JsonSerializable(typeof(IncidentSignalAdded))]
[JsonSerializable(typeof(IncidentReopened))]
[JsonSerializable(typeof(IncidentPlanProposed))]
[JsonSerializable(typeof(IncidentPlanDeclined))]
[JsonSerializable(typeof(IncidentPlanWithdrawn))]
[JsonSerializable(typeof(IncidentAlertCleared))]
[JsonSerializable(typeof(IncidentAcknowledged))]
[JsonSerializable(typeof(IncidentMitigationStarted))]
[JsonSerializable(typeof(IncidentRepairFailed))]
[JsonSerializable(typeof(IncidentEscalated))]
[JsonSerializable(typeof(IncidentResolved))]
[JsonSerializable(typeof(IncidentClosed))]
internal sealed partial class IncidentEventJson : JsonSerializerContext;
