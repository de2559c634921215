using AwoooP.Alerts;
using AwoooP.Budgets;
using AwoooP.Events;
using AwoooP.Identity;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Projects;
using AwoooP.Reactions;
using AwoooP.Runs;
using AwoooP.Trust;
using AwoooP.Wording;

namespace AwoooP.Playbooks;

/// <summary>What an incident leads to: the best matching playbook made concrete for it, or the reason why there is none.</summary>
internal sealed class PlanReactions(IGrainFactory grains, EventCatalog events, StepRules rules) : Reaction(events)
{
    /// <summary>Playbooks that are tried for one incident, best first.</summary>
    private const int MaxCandidates = 5;

    public override string Name => "plans";

    protected override IReadOnlyList<Type> Handled { get; } = [typeof(IncidentOpened), typeof(IncidentReopened), typeof(IncidentRepairFailed)];

    protected override async Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken)
    {
        var incidentGrain = grains.GetGrain<IIncidentGrain>(recorded.Id.Key);
        var isRetry = data is IncidentRepairFailed;

        if (await incidentGrain.GetAsync(cancellationToken) is not { } incident || !AwaitsPlan(incident.Status, isRetry))
            return;
        if (!await FiresAsync(recorded, incident, cancellationToken))
            return;

        var (plan, why) = await ChooseAsync(recorded, incident, cancellationToken);

        // Both answers share one command id: a redelivery that decides otherwise must still find what the first one did.
        await SendAsync(
            recorded,
            0,
            token => plan is not null
                ? incidentGrain.ProposePlanAsync(new ProposePlan(plan), token)
                : incidentGrain.DeclinePlanAsync(DeclinePlan.For(why, needsPerson: isRetry), token),
            cancellationToken);
    }

    private static bool AwaitsPlan(IncidentStatus status, bool isRetry) =>
        status is IncidentStatus.Investigating || (status is IncidentStatus.Escalated && !isRetry);

    /// <summary>An alert that is quiet already clears the incident by itself.</summary>
    private async Task<bool> FiresAsync(RecordedEvent recorded, IncidentView incident, CancellationToken cancellationToken)
    {
        var alert = await grains.GetGrain<IAlertGrain>($"{recorded.Id.ProjectId}/{incident.Identity.Fingerprint}").GetAsync(cancellationToken);
        return alert is { Status: AlertStatus.Firing };
    }

    private async Task<(RepairPlan? Plan, Phrase Why)> ChooseAsync(RecordedEvent recorded, IncidentView incident, CancellationToken cancellationToken)
    {
        if (incident.Classification.NotificationType == NotificationTypes.NotificationOnly)
            return (null, Phrase.Of("declined_notification_only"));

        var catalog = grains.GetGrain<IPlaybookCatalogGrain>($"{recorded.Id.ProjectId}/{IPlaybookCatalogGrain.Key}");
        var candidates = await catalog.FindAsync(incident.Identity.AlertName, incident.Labels, cancellationToken);
        var flags = await grains.FindFlagsAsync(cancellationToken);
        var why = Phrase.Of("declined_no_match", ("alert", incident.Identity.AlertName));
        foreach (var candidate in candidates.Take(MaxCandidates))
        {
            var playbook = await grains.GetGrain<IPlaybookGrain>($"{recorded.Id.ProjectId}/{candidate.PlaybookId}").GetAsync(cancellationToken);
            if (playbook is not { Status: PlaybookStatus.Active })
                continue;
            if (playbook.Definition.Autonomy is AutonomyLevel.L1)
            {
                why = Phrase.Of("declined_observes", ("playbook", playbook.PlaybookId));
                continue;
            }

            try
            {
                var plan = await BuildAsync(recorded, incident, playbook, candidate.Similarity, cancellationToken);
                if (flags.SuggestMode && plan.Autonomy is AutonomyLevel.L3)
                    plan = plan with { Autonomy = AutonomyLevel.L2 };
                if (await FindObstacleAsync(recorded.Id.ProjectId, plan, cancellationToken) is not { } obstacle)
                    return (plan, why);

                why = Phrase.Of("declined_not_allowed", ("playbook", playbook.PlaybookId), ("field", obstacle.Field), ("reason", obstacle.Code));
            }
            catch (UnfillableException fault)
            {
                why = fault.Why.With("playbook", playbook.PlaybookId);
            }
        }

        return (null, why);
    }

    /// <summary>What would keep the plan from being carried out, as far as that is known before people sign it: settings, agents that are not in force, a budget that is used up.</summary>
    private async Task<PlaybookFinding?> FindObstacleAsync(string projectId, RepairPlan plan, CancellationToken cancellationToken)
    {
        if (rules.Find(plan) is [var obstacle, ..])
            return obstacle;
        if (await grains.FindMissingAgentAsync(projectId, plan.Autonomy, plan.Steps, cancellationToken) is { } missing)
            return missing;

        // Below L3 nothing is carried out, so no model is asked.
        if (plan.Autonomy < AutonomyLevel.L3 || !RunPath.AsksModel(plan) || await grains.FindKillAsync(cancellationToken) is null)
            return null;

        return new PlaybookFinding($"$.steps[{plan.Steps.TakeWhile(static step => step is not ModelStep).Count()}]", BudgetRefusals.Killed);
    }

    private async Task<RepairPlan> BuildAsync(
        RecordedEvent recorded, IncidentView incident, PlaybookView playbook, double similarity, CancellationToken cancellationToken)
    {
        var pattern = PlanBuilder.ActionPattern(playbook.Definition, incident.Labels);
        var trust = await grains.GetGrain<ITrustRecordGrain>($"{recorded.Id.ProjectId}/{pattern}").GetAsync(cancellationToken);
        return PlanBuilder.Build(new PlanInput(
            playbook,
            similarity,
            incident.IncidentId,
            incident.Identity,
            incident.Labels,
            trust.Score,
            ApprovalId: DerivedId.From(recorded.At, $"{recorded.Id.ProjectId}/{recorded.Position}/approval"),
            RunId: DerivedId.From(recorded.At, $"{recorded.Id.ProjectId}/{recorded.Position}/run")));
    }
}
