using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Reactions;

namespace AwoooP.Trust;

/// <summary>What moves trust in an action: people's verdicts on it. Approvals that end without one say nothing.</summary>
internal sealed class TrustReactions(IGrainFactory grains, EventCatalog events) : Reaction(events)
{
    public override string Name => "trust";

    protected override IReadOnlyList<Type> Handled { get; } = [typeof(ApprovalGranted), typeof(ApprovalRejected)];

    protected override Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken)
    {
        var (actionPattern, verdict) = data switch
        {
            ApprovalGranted granted => (granted.ActionPattern, new RecordVerdict(Approved: true, granted.By)),
            ApprovalRejected rejected => (rejected.ActionPattern, new RecordVerdict(Approved: false, rejected.By)),
            _ => throw new InvalidOperationException($"{Name} was given {data.GetType().Name}."),
        };
        var record = grains.GetGrain<ITrustRecordGrain>($"{recorded.Id.ProjectId}/{actionPattern}");
        return SendAsync(recorded, 0, token => record.RecordVerdictAsync(verdict, token), cancellationToken);
    }
}
