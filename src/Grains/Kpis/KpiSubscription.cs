using System.Collections.Frozen;
using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;

namespace AwoooP.Kpis;

/// <summary>Tells a project's KPI grain what happened, as plain facts.</summary>
internal sealed class KpiSubscription(IGrainFactory grains, EventCatalog events) : ISubscription
{
    public string Name => "kpis";

    public IReadOnlySet<string> EventTypes { get; } =
        new[] { events.NameOf<IncidentResolved>(), events.NameOf<ApprovalGranted>() }.ToFrozenSet(StringComparer.Ordinal);

    public async ValueTask DeliverAsync(string projectId, short partition, IReadOnlyList<RecordedEvent> recorded, CancellationToken cancellationToken)
    {
        CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform };
        KpiFact[] facts = [.. recorded.Select(FactOf).OfType<KpiFact>()];
        if (facts.Length == 0)
            return;

        var followed = await grains.GetGrain<IKpiGrain>($"{projectId}/{IKpiGrain.Key}").FollowAsync(new FollowKpis(partition, facts), cancellationToken);
        if (followed.Refusal is { } refusal)
            throw new DeterministicFaultException($"{Name} was refused at {recorded[^1].Position}: {refusal.Code}.");
    }

    private KpiFact? FactOf(RecordedEvent recorded) => events.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span) switch
    {
        IncidentResolved resolved => new KpiFact(
            recorded.Position.Seq,
            resolved.Kind is ResolutionKind.RepairVerified ? KpiFactKind.ResolvedByRepair : KpiFactKind.ResolvedOtherwise,
            (recorded.At - resolved.OpenedAt).TotalSeconds,
            recorded.At),
        ApprovalGranted { RequestedAt: { } requestedAt } =>
            new KpiFact(recorded.Position.Seq, KpiFactKind.ApprovalGranted, (recorded.At - requestedAt).TotalSeconds, recorded.At),
        _ => null,
    };
}
