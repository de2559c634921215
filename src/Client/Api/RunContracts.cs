using AwoooP.Brakes;
using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Wording;

namespace AwoooP.Client.Api;

/// <summary>A run as it stands, with its steps.</summary>
/// <param name="Cause">Why it ended so, in words (Accept-Language: English or Traditional Chinese); null while it goes on, and where its repair was verified.</param>
/// <param name="HeldBy">The pause that keeps it from beginning, or from its next step; null when none does, once it has ended, and while that cannot be asked.</param>
public sealed record RunDetail(
    string ProjectId,
    Guid RunId,
    long Version,
    RunState State,
    string IncidentId,
    Guid ApprovalId,
    RepairPlan Plan,
    bool IsShadow,
    int Attempt,
    int MaxAttempts,
    string? LeaseOwner,
    DateTimeOffset? LeaseUntil,
    IReadOnlyList<StepDetail> Steps,
    string? ErrorCode,
    string? Cause,
    string? TraceId,
    IReadOnlyList<string> AvailableActions,
    PauseEntry? HeldBy)
{
    internal static RunDetail Of(string projectId, RunView view, Language language) => new(
        projectId,
        view.RunId,
        view.Version,
        view.State,
        view.Plan.IncidentId,
        view.Plan.ApprovalId,
        view.Plan,
        view.IsShadow,
        view.Attempt,
        view.MaxAttempts,
        view.LeaseOwner,
        view.LeaseUntil,
        [.. view.Steps.Select(step => StepDetail.Of(step, language))],
        view.ErrorCode,
        view.Cause is { } cause ? RunCauseText.Of(cause).In(language) : null,
        view.TraceId,
        view.AvailableActions,
        HeldBy: null);
}

/// <summary>One try of one step.</summary>
/// <param name="Error">The error code in words (Accept-Language).</param>
public sealed record StepDetail(
    int StepNo,
    int Attempt,
    StepPhase Phase,
    string Kind,
    string Name,
    StepStatus Status,
    string? Output,
    string? ErrorCode,
    string? Error,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    Guid ToolCallId)
{
    internal static StepDetail Of(StepView step, Language language) => new(
        step.StepNo,
        step.Attempt,
        step.Phase,
        step.Kind,
        step.Name,
        step.Status,
        step.Output,
        step.ErrorCode,
        step.ErrorCode is { } code ? CodeWords.Of(code, language) : null,
        step.StartedAt,
        step.FinishedAt,
        step.ToolCallId);
}
