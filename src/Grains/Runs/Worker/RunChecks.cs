using System.Globalization;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Budgets;
using AwoooP.Incidents;
using AwoooP.Playbooks;

namespace AwoooP.Runs;

/// <summary>
/// What must still hold before anything is touched: the alert fires, its incident still has this plan, the playbook is the active one that was proposed, and the approval is valid for this very plan.
/// The approval comes last, since asking it moves it to executing.
/// </summary>
internal sealed class RunChecks(IGrainFactory grains)
{
    /// <summary>Whether no model may be asked for the project: nobody looks who has none to ask.</summary>
    public async Task<bool> IsBudgetUsedUpAsync(RunOffer run, RunCalls calls, CancellationToken cancellationToken)
    {
        var budget = grains.GetGrain<IBudgetGrain>($"{run.ProjectId}/{BudgetAccount.Project}");
        return (await calls.ReadAsync(budget.GetAsync, cancellationToken)).Kill is not null;
    }

    /// <returns>Why the plan no longer fits, as a stable code; null when it does.</returns>
    public async Task<string?> FindObstacleAsync(RunOffer run, RunView view, RunCalls calls, CancellationToken cancellationToken)
    {
        var plan = view.Plan;
        var alert = await calls.ReadAsync(grains.GetGrain<IAlertGrain>($"{run.ProjectId}/{plan.Fingerprint}").GetAsync, cancellationToken);
        if (alert?.Status != AlertStatus.Firing)
            return "alert_not_firing";

        var incident = await calls.ReadAsync(grains.GetGrain<IIncidentGrain>($"{run.ProjectId}/{plan.IncidentId}").GetAsync, cancellationToken);
        if (incident?.HasLivePlanOf(plan.RunId) is not true)
            return "incident_moved_on";

        var playbook = await calls.ReadAsync(grains.GetGrain<IPlaybookGrain>($"{run.ProjectId}/{plan.PlaybookId}").GetAsync, cancellationToken);
        if (playbook is not { Status: PlaybookStatus.Active })
            return "playbook_not_active";
        if (playbook.DefinitionVersion != plan.PlaybookVersion)
            return "playbook_changed";
        if (!view.NeedsApproval)
            return null;

        var approval = grains.GetGrain<IApprovalGrain>(string.Create(CultureInfo.InvariantCulture, $"{run.ProjectId}/{plan.ApprovalId}"));
        var begin = new BeginExecution(plan.RunId, plan.PlanSha256);
        var result = await calls.SendAsync("begin_execution", token => approval.BeginExecutionAsync(begin, token), RunLimits.Lease, cancellationToken);
        return result.Refusal?.Code;
    }
}
