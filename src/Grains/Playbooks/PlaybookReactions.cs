using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Reactions;
using AwoooP.Runs;

namespace AwoooP.Playbooks;

/// <summary>
/// What moves trust in a playbook: what its executed runs did. A run that verified nothing, that people stopped, or whose worker was lost
/// says nothing about the playbook.
/// </summary>
internal sealed class PlaybookReactions(IGrainFactory grains, EventCatalog events) : Reaction(events)
{
    public override string Name => "playbooks";

    protected override IReadOnlyList<Type> Handled { get; } = [typeof(RunCompleted), typeof(RunFailed)];

    protected override Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken) => data switch
    {
        RunCompleted { Verified: true, IsShadow: false } completed => RecordAsync(recorded, completed.Plan, true, cancellationToken),
        RunFailed { IsShadow: false, ErrorCode: RunErrors.StepFailed or RunErrors.StepTimedOut or RunErrors.VerificationFailed } failed =>
            RecordAsync(recorded, failed.Plan, false, cancellationToken),
        _ => Task.CompletedTask,
    };

    private Task RecordAsync(RecordedEvent recorded, RepairPlan plan, bool success, CancellationToken cancellationToken)
    {
        var playbook = grains.GetGrain<IPlaybookGrain>($"{recorded.Id.ProjectId}/{plan.PlaybookId}");
        return SendAsync(recorded, 0, token => playbook.RecordOutcomeAsync(new RecordOutcome(plan.RunId, plan.IncidentId, success), token), cancellationToken);
    }
}
