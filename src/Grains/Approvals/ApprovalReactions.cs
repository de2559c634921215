using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Playbooks;
using AwoooP.Reactions;
using AwoooP.Runs;

namespace AwoooP.Approvals;

/// <summary>
/// What moves approvals: a run that waits for one asks for it, so the run is always there before its approval; the run's end ends it;
/// and when the alert is quiet or the incident is over, what nobody has decided yet is superseded, which in turn ends the run.
/// </summary>
internal sealed class ApprovalReactions(IGrainFactory grains, EventCatalog events) : Reaction(events)
{
    public override string Name => "approvals";

    protected override IReadOnlyList<Type> Handled { get; } =
    [
        typeof(RunCreated),
        typeof(RunCompleted),
        typeof(RunFailed),
        typeof(RunCancelled),
        typeof(RunTimedOut),
        typeof(AlertResolved),
        typeof(IncidentResolved),
        typeof(IncidentClosed),
    ];

    protected override Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken) => data switch
    {
        RunCreated { State: RunState.WaitingApproval } created => RequestAsync(recorded, created.Plan, cancellationToken),
        RunCreated => Task.CompletedTask,
        RunCompleted completed => FinishAsync(recorded, completed.Plan, true, null, cancellationToken),
        RunFailed { ErrorCode: RunErrors.Rejected } => Task.CompletedTask,
        RunFailed failed => FinishAsync(recorded, failed.Plan, false, failed.ErrorCode, cancellationToken),
        RunCancelled cancelled => EndAsync(recorded, cancelled.Plan, cancelled.ErrorCode, cancelled.Reason ?? "run_cancelled", cancellationToken),
        RunTimedOut { ErrorCode: RunErrors.ApprovalExpired } => Task.CompletedTask,
        RunTimedOut timedOut => EndAsync(recorded, timedOut.Plan, timedOut.ErrorCode, "run_timed_out", cancellationToken),
        AlertResolved { IncidentId: { } incidentId } => SupersedeAsync(recorded, incidentId, "alert_cleared", cancellationToken),
        AlertResolved => Task.CompletedTask,
        IncidentResolved => SupersedeAsync(recorded, recorded.Id.LocalKey, "incident_resolved", cancellationToken),
        IncidentClosed => SupersedeAsync(recorded, recorded.Id.LocalKey, "incident_closed", cancellationToken),
        _ => throw new InvalidOperationException($"{Name} was given {data.GetType().Name}."),
    };

    private async Task RequestAsync(RecordedEvent recorded, RepairPlan plan, CancellationToken cancellationToken)
    {
        var incidentGrain = grains.GetGrain<IIncidentGrain>($"{recorded.Id.ProjectId}/{plan.IncidentId}");
        var incident = await incidentGrain.GetAsync(cancellationToken);
        var command = new RequestApproval(plan, $"{plan.PlaybookName}: {plan.ActionPattern} on {TargetName.Of(plan)}", recorded.Actor, incident?.HitCount ?? 1);
        await SendAsync(recorded, 0, token => Approval(recorded, plan).RequestAsync(command, token), cancellationToken);

        // An end of the incident that was handled before the approval was there found nothing to supersede, so it is looked for once more.
        if (await incidentGrain.GetAsync(cancellationToken) is { } after && !after.HasLivePlanOf(plan.RunId))
            await SendAsync(recorded, 1, token => Approval(recorded, plan).SupersedeAsync(new SupersedeApproval("incident_moved_on"), token), cancellationToken);
    }

    /// <summary>Runs without approval have none to end.</summary>
    private Task<CommandResult> FinishAsync(RecordedEvent recorded, RepairPlan plan, bool success, string? errorCode, CancellationToken cancellationToken) =>
        SendAsync(
            recorded,
            0,
            token => Approval(recorded, plan).FinishExecutionAsync(new FinishExecution(plan.RunId, success, errorCode), token),
            cancellationToken,
            ApprovalRefusals.NotFound);

    /// <summary>A run that ended from outside: its approval was executing, or still stood for an execution that will not come.</summary>
    private async Task EndAsync(RecordedEvent recorded, RepairPlan plan, string errorCode, string reason, CancellationToken cancellationToken)
    {
        var finished = await FinishAsync(recorded, plan, false, errorCode, cancellationToken);
        if (finished.Refusal?.Kind == RefusalKind.IllegalTransition)
            await SendAsync(recorded, 1, token => Approval(recorded, plan).SupersedeAsync(new SupersedeApproval(reason), token), cancellationToken, ApprovalRefusals.NotFound);
    }

    /// <summary>
    /// Only what was requested before the event: a late delivery must not end the approval of a plan that was proposed for a later occurrence.
    /// </summary>
    private async Task SupersedeAsync(RecordedEvent recorded, string incidentId, string reason, CancellationToken cancellationToken)
    {
        var incident = await grains.GetGrain<IIncidentGrain>($"{recorded.Id.ProjectId}/{incidentId}").GetAsync(cancellationToken);
        if (incident?.Plan is not { } plan)
            return;

        var approval = Approval(recorded, plan);
        if (await approval.GetAsync(cancellationToken) is not { Status: ApprovalStatus.Pending or ApprovalStatus.Approved } view || view.RequestedAt > recorded.At)
            return;

        await SendAsync(recorded, 0, token => approval.SupersedeAsync(new SupersedeApproval(reason), token), cancellationToken);
    }

    private IApprovalGrain Approval(RecordedEvent recorded, RepairPlan plan) =>
        grains.GetGrain<IApprovalGrain>($"{recorded.Id.ProjectId}/{plan.ApprovalId}");
}
