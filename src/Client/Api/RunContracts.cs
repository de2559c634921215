using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Client.Api;

/// <summary>A run as it stands, with its steps.</summary>
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
    IReadOnlyList<StepView> Steps,
    string? ErrorCode,
    string? TraceId,
    IReadOnlyList<string> AvailableActions)
{
    internal static RunDetail Of(string projectId, RunView view) => new(
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
        view.Steps,
        view.ErrorCode,
        view.TraceId,
        view.AvailableActions);
}
