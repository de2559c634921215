using AwoooP.Approvals;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Playbooks;
using AwoooP.Reactions;

namespace AwoooP.Runs;

/// <summary>
/// What moves runs: a proposed plan of level L3 makes one that waits for its approval (L1 and L2 execute nothing); the approval's end releases or denies it;
/// the end of the project's budget stops those that have a model to ask.
/// </summary>
internal sealed class RunReactions(IGrainFactory grains, IJournal journal, EventCatalog events) : Reaction(events)
{
    /// <summary>The kind of the runs that repair an incident.</summary>
    public const string RepairKind = "repair";

    /// <summary>Runs that are stopped at the same time when a budget is used up; their commits share transactions.</summary>
    private const int HaltsAtOnce = 64;

    /// <summary>Of the commands to one run for one event: the first may have made it.</summary>
    private const int HaltStep = 1;

    public override string Name => "runs";

    protected override IReadOnlyList<Type> Handled { get; } =
    [
        typeof(IncidentPlanProposed),
        typeof(ApprovalGranted),
        typeof(ApprovalRejected),
        typeof(ApprovalExpired),
        typeof(ApprovalCancelled),
        typeof(ApprovalSuperseded),
        typeof(BudgetKilled),
    ];

    protected override Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken) => data switch
    {
        IncidentPlanProposed { Plan: { Autonomy: AutonomyLevel.L3 } plan } => CreateAsync(recorded, plan, cancellationToken),
        IncidentPlanProposed => Task.CompletedTask,
        ApprovalGranted granted => SendAsync(
            recorded,
            0,
            token => Run(recorded, granted.RunId).ReleaseAsync(new ReleaseRun(ApprovalOf(recorded), granted.By, granted.Method), token),
            cancellationToken),
        ApprovalRejected rejected => DenyAsync(recorded, rejected.RunId, ApprovalDenial.Rejected, rejected.Reason, cancellationToken),
        ApprovalExpired expired => DenyAsync(recorded, expired.RunId, ApprovalDenial.Expired, null, cancellationToken),
        ApprovalCancelled cancelled => DenyAsync(recorded, cancelled.RunId, ApprovalDenial.Cancelled, cancelled.Reason, cancellationToken),
        ApprovalSuperseded superseded => DenyAsync(recorded, superseded.RunId, ApprovalDenial.Superseded, superseded.Reason, cancellationToken),
        BudgetKilled => HaltAsync(recorded, cancellationToken),
        _ => throw new InvalidOperationException($"{Name} was given {data.GetType().Name}."),
    };

    private async Task CreateAsync(RecordedEvent recorded, RepairPlan plan, CancellationToken cancellationToken)
    {
        var create = new CreateRun(plan, NeedsApproval: true, IsShadow: false, RepairKind, IdempotencyKey: null);
        await SendAsync(recorded, 0, token => Run(recorded, plan.RunId).CreateAsync(create, token), cancellationToken);

        // A budget that was used up between the plan and its run found no run to stop, so it is looked for once more: whichever comes second sees the other.
        if (RunPath.AsksModel(plan) && await grains.FindKillAsync(cancellationToken) is not null)
            await HaltAsync(recorded, plan.RunId, new HaltForBudget(MadeBy: null), cancellationToken);
    }

    /// <summary>
    /// Left alone, a run that waits would outlast a kill that is lifted before its model's turn. Those that were stopped are found no more, so a repeat goes on
    /// where the last try ended.
    /// </summary>
    private async Task HaltAsync(RecordedEvent recorded, CancellationToken cancellationToken)
    {
        var runs = await journal.FindClaimsAsync(recorded.Id.ProjectId, RunClaims.Model, cancellationToken);

        // Asked after the runs were found: if the kill is in force now, none of them may go on, whenever it was made.
        var halt = new HaltForBudget(await grains.FindKillAsync(cancellationToken) is null ? recorded.At : null);
        foreach (var batch in runs.Chunk(HaltsAtOnce))
            await Task.WhenAll(batch.Select(run => HaltAsync(recorded, Guid.Parse(run), halt, cancellationToken)));
    }

    /// <summary>One without a model ahead refuses and goes on, as does one that has ended meanwhile.</summary>
    private Task<CommandResult> HaltAsync(RecordedEvent recorded, Guid runId, HaltForBudget command, CancellationToken cancellationToken) =>
        SendAsync(recorded, HaltStep, token => Run(recorded, runId).HaltForBudgetAsync(command, token), cancellationToken);

    /// <summary>A run that is claimed already refuses: its worker asks the approval before the first effect and learns the same.</summary>
    private Task DenyAsync(RecordedEvent recorded, Guid runId, ApprovalDenial denial, string? reason, CancellationToken cancellationToken) =>
        SendAsync(recorded, 0, token => Run(recorded, runId).DenyAsync(new DenyRun(ApprovalOf(recorded), denial, reason), token), cancellationToken);

    private IRunGrain Run(RecordedEvent recorded, Guid runId) => grains.GetGrain<IRunGrain>($"{recorded.Id.ProjectId}/{runId}");

    private static Guid ApprovalOf(RecordedEvent recorded) => Guid.Parse(recorded.Id.LocalKey);
}
