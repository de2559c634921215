using System.Text.Json;
using System.Text.Json.Serialization;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>A run as the API answers it. Input and steps are left out of lists.</summary>
public sealed record RunRow
{
    public required Guid RunId { get; init; }
    public required string ProjectId { get; init; }
    public required string AgentId { get; init; }
    public required string Kind { get; init; }
    public required RunState State { get; init; }
    public required int Priority { get; init; }
    public required int Attempt { get; init; }
    public required int MaxAttempts { get; init; }
    public required string? LeaseOwner { get; init; }
    public required DateTimeOffset? LeaseUntil { get; init; }
    public required DateTimeOffset? HeartbeatAt { get; init; }
    public required string? TraceId { get; init; }
    public required string? IdempotencyKey { get; init; }
    public required bool IsShadow { get; init; }
    public required string? IncidentId { get; init; }
    public required string? ApprovalId { get; init; }
    public required string? PlaybookId { get; init; }

    /// <summary>As it was called when the run was planned.</summary>
    public required string? PlaybookName { get; init; }

    /// <summary>What is repaired: <c>{namespace}/{target}</c>.</summary>
    public required string? Target { get; init; }

    /// <summary>approved_by, authorization_channel, verified, rolled_back, message, reason, by, duration_ms, dry_run.</summary>
    public required JsonElement? Outcome { get; init; }

    public required string? ErrorCode { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? StartedAt { get; init; }
    public required DateTimeOffset? FinishedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StepRow>? Steps { get; init; }
}
