using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Runs;

/// <summary>The eight states of a run. The last four are terminal.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RunState>))]
public enum RunState
{
    None = 0,
    Pending,
    Running,
    WaitingTool,
    WaitingApproval,
    Completed,
    Failed,
    Cancelled,
    TimedOut,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<StepStatus>))]
public enum StepStatus
{
    None = 0,
    Started,
    Succeeded,
    Failed,
    TimedOut,

    /// <summary>Its worker was lost in the middle; whether its effect happened is not known.</summary>
    Interrupted,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<StepPhase>))]
public enum StepPhase
{
    None = 0,
    Forward,
    Rollback,
}
