using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Playbooks;
using AwoooP.Reactions;

namespace AwoooP.Runs;

/// <summary>
/// What moves runs: a proposed plan of level L3 makes one that waits for its approval (L1 and L2 execute nothing); the approval's end releases or denies it.
/// </summary>
internal sealed class RunReactions(IGrainFactory grains, EventCatalog events) : Reaction(events)
{
    /// <summary>The kind of the runs that repair an incident.</summary>
    public const string RepairKind = "repair";

    public override string Name => "runs";

    protected override IReadOnlyList<Type> Handled { get; } =
    [
        typeof(IncidentPlanProposed),
        typeof(ApprovalGranted),
        typeof(ApprovalRejected),
        typeof(ApprovalExpired),
        typeof(ApprovalCancelled),
        typeof(ApprovalSuperseded),
    ];

    protected override Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken) => data switch
    {
        IncidentPlanProposed { Plan: { Autonomy: AutonomyLevel.L3 } plan } => SendAsync(
            recorded,
            0,
            token => Run(recorded, plan.RunId).CreateAsync(new CreateRun(plan, NeedsApproval: true, IsShadow: false, RepairKind, IdempotencyKey: null), token),
            cancellationToken),
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
        _ => throw new InvalidOperationException($"{Name} was given {data.GetType().Name}."),
    };

    /// <summary>A run that is claimed already refuses: its worker asks the approval before the first effect and learns the same.</summary>
    private Task DenyAsync(RecordedEvent recorded, Guid runId, ApprovalDenial denial, string? reason, CancellationToken cancellationToken) =>
        SendAsync(recorded, 0, token => Run(recorded, runId).DenyAsync(new DenyRun(ApprovalOf(recorded), denial, reason), token), cancellationToken);

    private IRunGrain Run(RecordedEvent recorded, Guid runId) => grains.GetGrain<IRunGrain>($"{recorded.Id.ProjectId}/{runId}");

    private static Guid ApprovalOf(RecordedEvent recorded) => Guid.Parse(recorded.Id.LocalKey);
}
