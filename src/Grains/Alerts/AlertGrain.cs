using AwoooP.Aggregates;
using AwoooP.Commands;
using Microsoft.Extensions.Logging;

namespace AwoooP.Alerts;

internal sealed class AlertGrain(AggregateServices services, ILogger<AlertGrain> logger)
    : AggregateGrain<AlertState, AlertEvent>(services), IAlertGrain
{
    public async Task<CommandResult> ReceiveAsync(ReceiveAlerts command, CancellationToken cancellationToken)
    {
        var overLimit = 0;
        var result = await ExecuteAsync((state, now) => Alert.Receive(state, command, now, out overLimit), cancellationToken);
        if (overLimit > 0)
        {
            AlertTelemetry.MembersOverLimit(overLimit);
            AlertLog.MembersOverLimit(logger, command.Identity.Fingerprint, overLimit, AlertLimits.MaxMembers);
        }

        return result;
    }

    public Task<CommandResult> LinkIncidentAsync(LinkIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Alert.LinkIncident(state, command), cancellationToken);

    public Task<AlertView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    protected override Decision<AlertEvent> OnWake(AlertState state, string name, DateTimeOffset dueAt, DateTimeOffset now) =>
        name == Alert.ExpireWake ? Alert.Expire(state, now) : base.OnWake(state, name, dueAt, now);

    private static AlertView? ViewOf(AlertState state, long version) => state.Identity is null
        ? null
        : new AlertView(
            version,
            state.Identity,
            state.Classification!,
            state.Status,
            state.HitCount,
            state.Members.Count,
            state.History.At(state.LastSeenAt),
            state.FirstSeenAt,
            state.LastSeenAt,
            state.IncidentId);
}
