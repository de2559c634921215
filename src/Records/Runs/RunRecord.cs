using AwoooP.Playbooks;
using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>One row of <c>run_state</c> as its projection folds it.</summary>
internal sealed record RunRecord
{
    public required AggregateKey Key { get; init; }
    public required RepairPlan Plan { get; init; }
    public required string AgentId { get; init; }
    public required string Kind { get; init; }
    public required RunState State { get; init; }
    public int Priority { get; init; }
    public int Attempt { get; init; } = 1;
    public int MaxAttempts { get; init; }
    public string? LeaseOwner { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }
    public DateTimeOffset? HeartbeatAt { get; init; }
    public string? TraceId { get; init; }
    public string? IdempotencyKey { get; init; }
    public bool IsShadow { get; init; }
    public RunOutcome? Outcome { get; init; }
    public string? ErrorCode { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
