using System.Text.Json;
using System.Text.Json.Serialization;
using AwoooP.Alerts;
using AwoooP.Incidents;

namespace AwoooP.Records;

/// <summary>An incident as the API answers it. The three last parts are left out of lists.</summary>
public sealed record IncidentRow
{
    public required string IncidentId { get; init; }
    public required string ProjectId { get; init; }
    public required IncidentStatus Status { get; init; }
    public required Severity Severity { get; init; }
    public required string? Alertname { get; init; }
    public required string? NotificationType { get; init; }
    public required string? AlertCategory { get; init; }

    /// <summary>Array of names.</summary>
    public required JsonElement? AffectedServices { get; init; }

    /// <summary>Array of approval ids.</summary>
    public required JsonElement? ProposalIds { get; init; }

    /// <summary>How it ended: kind, by, run_id, comment, seconds_to_resolve, closed_by, closing_comment.</summary>
    public required JsonElement? Outcome { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Signals { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? DecisionChain { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? FrequencySnapshot { get; init; }
}
