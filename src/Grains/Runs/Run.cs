using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Playbooks;

namespace AwoooP.Runs;

/// <summary>A run as its events have made it. Its snapshot, too.</summary>
public sealed record Run : IAggregateState<Run, RunEvent>
{
    public static string AggregateType => AggregateTypes.Run;

    public static Run Initial { get; } = new();

    public static int StateVersion => 2;

    public static JsonTypeInfo<Run> Json => RunJson.Default.Run;

    public RunState State { get; init; }

    /// <summary>Null for one that was made before this was kept.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null only before the run was created.</summary>
    public RepairPlan? Plan { get; init; }

    public string Kind { get; init; } = "";
    public string AgentId { get; init; } = "";
    public bool IsShadow { get; init; }

    /// <summary>Whether it was created to wait for an approval, which is asked again before the first effect.</summary>
    public bool NeedsApproval { get; init; }

    public int Priority { get; init; }
    public int MaxAttempts { get; init; }
    public string? TraceId { get; init; }

    /// <summary>From 1; grows only when a lease was lost.</summary>
    public int Attempt { get; init; }

    public string? LeaseOwner { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Whether the one repair of the target that may be under way is this run.</summary>
    public bool HoldsTarget { get; init; }

    /// <summary>Its place among the project's active runs, held as long as the target is; null for one that began before there were places.</summary>
    public int? Seat { get; init; }

    /// <summary>Ended in the middle of a step: until then the effect may still go on, and the target is kept.</summary>
    public DateTimeOffset? TargetHeldUntil { get; init; }

    public bool DryRunPassed { get; init; }

    /// <summary>In <see cref="RunState.WaitingTool"/>: when the wait step is over.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>When it was first claimed.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Every try of every step, in the order of their beginning.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>The forward step that failed, while what came before it is rolled back.</summary>
    public RunFault? Fault { get; init; }

    public string? ErrorCode { get; init; }

    /// <summary>Why it ended so; null while it goes on, and where its repair was verified.</summary>
    public RunCause? Cause { get; init; }

    [JsonIgnore]
    public bool IsTerminal => State.IsTerminal();

    [JsonIgnore]
    public bool IsEnded => IsTerminal;

    [JsonIgnore]
    public bool HasBegunSteps => Steps.Count > 0;

    /// <summary>The step whose intent is durable and whose outcome is not.</summary>
    [JsonIgnore]
    public StepRecord? UnderWay => Steps is [.., { Status: StepStatus.Started } last] ? last : null;

    public bool IsLeasedTo(string workerId, int attempt) =>
        State == RunState.Running && Attempt == attempt && string.Equals(LeaseOwner, workerId, StringComparison.Ordinal);

    public Run Apply(RunEvent @event, DateTimeOffset at) => RunFold.Apply(this, @event, at);
}
