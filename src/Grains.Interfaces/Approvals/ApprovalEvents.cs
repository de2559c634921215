using System.Text.Json.Serialization;
using AwoooP.Events;
using AwoooP.Playbooks;

namespace AwoooP.Approvals;

public abstract record ApprovalEvent;

public sealed record ApprovalRequested(
    RepairPlan Plan,
    string Description,
    string RequestedBy,
    int RequiredVotes,
    int HitCount,
    DateTimeOffset EscalatesAt,
    DateTimeOffset ExpiresAt) : ApprovalEvent;

public sealed record ApprovalVoted(Vote Vote) : ApprovalEvent;

/// <param name="Method">How the person was known whose vote decided.</param>
public sealed record ApprovalGranted(string ActionPattern, string By, Guid RunId, DateTimeOffset? RequestedAt = null, string? Method = null) : ApprovalEvent;

public sealed record ApprovalRejected(string ActionPattern, string By, string? Reason, Guid RunId) : ApprovalEvent;

public sealed record ApprovalEscalated(string IncidentId) : ApprovalEvent;

public sealed record ApprovalExpired(Guid RunId) : ApprovalEvent;

public sealed record ApprovalCancelled(string Reason, string By, Guid RunId) : ApprovalEvent;

public sealed record ApprovalSuperseded(string Reason, Guid RunId) : ApprovalEvent;

public sealed record ApprovalExecutionBegun(Guid RunId) : ApprovalEvent;

public sealed record ApprovalExecuted(Guid RunId) : ApprovalEvent;

public sealed record ApprovalExecutionFailed(Guid RunId, string ErrorCode) : ApprovalEvent;

public static class ApprovalEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<ApprovalRequested>("approval.requested", 1, ApprovalEventJson.Default.ApprovalRequested),
        new EventType<ApprovalVoted>("approval.voted", 1, ApprovalEventJson.Default.ApprovalVoted),
        new EventType<ApprovalGranted>("approval.granted", 1, ApprovalEventJson.Default.ApprovalGranted),
        new EventType<ApprovalRejected>("approval.rejected", 1, ApprovalEventJson.Default.ApprovalRejected),
        new EventType<ApprovalEscalated>("approval.escalated", 1, ApprovalEventJson.Default.ApprovalEscalated),
        new EventType<ApprovalExpired>("approval.expired", 1, ApprovalEventJson.Default.ApprovalExpired),
        new EventType<ApprovalCancelled>("approval.cancelled", 1, ApprovalEventJson.Default.ApprovalCancelled),
        new EventType<ApprovalSuperseded>("approval.superseded", 1, ApprovalEventJson.Default.ApprovalSuperseded),
        new EventType<ApprovalExecutionBegun>("approval.execution_begun", 1, ApprovalEventJson.Default.ApprovalExecutionBegun),
        new EventType<ApprovalExecuted>("approval.executed", 1, ApprovalEventJson.Default.ApprovalExecuted),
        new EventType<ApprovalExecutionFailed>("approval.execution_failed", 1, ApprovalEventJson.Default.ApprovalExecutionFailed),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ApprovalRequested))]
[JsonSerializable(typeof(ApprovalVoted))]
[JsonSerializable(typeof(ApprovalGranted))]
[JsonSerializable(typeof(ApprovalRejected))]
[JsonSerializable(typeof(ApprovalEscalated))]
[JsonSerializable(typeof(ApprovalExpired))]
[JsonSerializable(typeof(ApprovalCancelled))]
[JsonSerializable(typeof(ApprovalSuperseded))]
[JsonSerializable(typeof(ApprovalExecutionBegun))]
[JsonSerializable(typeof(ApprovalExecuted))]
[JsonSerializable(typeof(ApprovalExecutionFailed))]
internal sealed partial class ApprovalEventJson : JsonSerializerContext;
