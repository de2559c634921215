using AwoooP.Aggregates;
using AwoooP.Commands;
using Microsoft.Extensions.Logging;

namespace AwoooP.Alerts;

internal sealed class AlertGrain(AggregateServices services, ILogger<AlertGrain> logger)
    : AggregateGrain<Alert, AlertEvent>(services), IAlertGrain
{
    public async Task<CommandResult> ReceiveAsync(ReceiveAlerts command, CancellationToken cancellationToken)
    {
        var overLimit = 0;
        var result = await ExecuteAsync((alert, now) => AlertDecider.Receive(alert, command, now, out overLimit), cancellationToken);
        if (overLimit > 0)
        {
            AlertTelemetry.MembersOverLimit(overLimit);
            AlertLog.MembersOverLimit(logger, command.Identity.Fingerprint, overLimit, AlertLimits.MaxMembers);
        }

        return result;
    }

    public Task<CommandResult> LinkIncidentAsync(LinkIncident command, CancellationToken cancellationToken) =>
        ExecuteAsync((alert, _) => AlertDecider.LinkIncident(alert, command), cancellationToken);

    public Task<AlertView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    protected override Decision<AlertEvent> OnWake(Alert alert, string name, DateTimeOffset dueAt, DateTimeOffset now) =>
        name == AlertDecider.ExpireWake ? AlertDecider.Expire(alert, now) : base.OnWake(alert, name, dueAt, now);

    private static AlertView? ViewOf(Alert alert, long version) => alert.Identity is null
        ? null
        : new AlertView(
            version,
            alert.Identity,
            alert.Classification!,
            alert.Status,
            alert.HitCount,
            alert.Members.Count,
            alert.History.At(alert.LastSeenAt),
            alert.FirstSeenAt,
            alert.LastSeenAt,
            alert.IncidentId);
}
