using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Incidents;

internal sealed class IncidentGrain(AggregateServices services) : AggregateGrain<IncidentState, IncidentEvent>(services), IIncidentGrain
{
    public Task<CommandResult> OpenAsync(OpenIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Incident.Open(state, Id.LocalKey, command), cancellationToken);

    public Task<CommandResult> AddSignalAsync(AddSignal command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Incident.AddSignal(state, command), cancellationToken);

    public Task<CommandResult> ClearAlertAsync(ClearAlert command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, now) => Incident.ClearAlert(state, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> ProposePlanAsync(ProposePlan command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Incident.ProposePlan(state, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> DeclinePlanAsync(DeclinePlan command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Incident.DeclinePlan(state, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> StartMitigationAsync(StartMitigation command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Incident.StartMitigation(state, command), cancellationToken);

    public Task<CommandResult> RecordRepairAsync(RecordRepair command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, now) => Incident.RecordRepair(state, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> AcknowledgeAsync(AcknowledgeIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Incident.Acknowledge(state, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> EscalateAsync(EscalateIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Incident.Escalate(state, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> ResolveAsync(ResolveIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, now) => Incident.Resolve(state, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> CloseAsync(CloseIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Incident.Close(state, command, Caller.Actor), cancellationToken);

    public Task<IncidentView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    protected override Decision<IncidentEvent> OnWake(IncidentState state, string name, DateTimeOffset dueAt, DateTimeOffset now) =>
        name == Incident.CloseWake ? Incident.CloseWhenQuiet(state, Caller.Actor, now) : base.OnWake(state, name, dueAt, now);

    private static IncidentView? ViewOf(IncidentState state, long version) => state.Status is IncidentStatus.None
        ? null
        : new IncidentView(
            version,
            state.IncidentId,
            state.Status,
            state.Identity!,
            state.Classification!,
            state.HitCount,
            state.Labels,
            state.Plan,
            state.PlanIsLive,
            state.AcknowledgedBy,
            state.OpenedAt,
            state.ResolvedAt,
            Incident.AvailableActions(state));
}
