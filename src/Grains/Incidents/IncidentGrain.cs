using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Incidents;

internal sealed class IncidentGrain(AggregateServices services) : AggregateGrain<Incident, IncidentEvent>(services), IIncidentGrain
{
    public Task<CommandResult> OpenAsync(OpenIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, _) => IncidentDecider.Open(incident, Id.LocalKey, command), cancellationToken);

    public Task<CommandResult> AddSignalAsync(AddSignal command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, _) => IncidentDecider.AddSignal(incident, command), cancellationToken);

    public Task<CommandResult> ClearAlertAsync(ClearAlert command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, now) => IncidentDecider.ClearAlert(incident, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> ProposePlanAsync(ProposePlan command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, _) => IncidentDecider.ProposePlan(incident, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> DeclinePlanAsync(DeclinePlan command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, _) => IncidentDecider.DeclinePlan(incident, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> StartMitigationAsync(StartMitigation command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, _) => IncidentDecider.StartMitigation(incident, command), cancellationToken);

    public Task<CommandResult> RecordRepairAsync(RecordRepair command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, now) => IncidentDecider.RecordRepair(incident, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> AcknowledgeAsync(AcknowledgeIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, _) => IncidentDecider.Acknowledge(incident, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> EscalateAsync(EscalateIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, _) => IncidentDecider.Escalate(incident, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> ResolveAsync(ResolveIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, now) => IncidentDecider.Resolve(incident, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> CloseAsync(CloseIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((incident, _) => IncidentDecider.Close(incident, command, Caller.Actor), cancellationToken);

    public Task<IncidentView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    protected override Decision<IncidentEvent> OnWake(Incident incident, string name, DateTimeOffset dueAt, DateTimeOffset now) =>
        name == IncidentDecider.CloseWake ? IncidentDecider.CloseWhenQuiet(incident, Caller.Actor, now) : base.OnWake(incident, name, dueAt, now);

    private static IncidentView? ViewOf(Incident incident, long version) => incident.Status is IncidentStatus.None
        ? null
        : new IncidentView(
            version,
            incident.IncidentId,
            incident.Status,
            incident.Identity!,
            incident.Classification!,
            incident.HitCount,
            incident.Labels,
            incident.Plan,
            incident.PlanIsLive,
            incident.AcknowledgedBy,
            incident.OpenedAt,
            incident.ResolvedAt,
            IncidentDecider.AvailableActions(incident));
}
