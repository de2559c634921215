using AwoooP.Alerts;
using AwoooP.Incidents;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>incidents</c> as its projection folds it.</summary>
internal sealed record IncidentRecord
{
    public required AggregateKey Key { get; init; }
    public required IncidentStatus Status { get; init; }
    public required Severity Severity { get; init; }
    public IReadOnlyList<AlertMember> Signals { get; init; } = [];
    public IReadOnlyList<string> AffectedServices { get; init; } = [];
    public IReadOnlyList<IncidentDecision> Decisions { get; init; } = [];
    public IReadOnlyList<Guid> Proposals { get; init; } = [];
    public IncidentOutcome? Outcome { get; init; }
    public string? AlertName { get; init; }
    public string? NotificationType { get; init; }
    public string? Category { get; init; }
    public AlertFrequency? Frequency { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
}
