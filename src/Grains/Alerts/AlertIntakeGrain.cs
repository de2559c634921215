using AwoooP.Commands;
using AwoooP.Journal.Intake;

namespace AwoooP.Alerts;

/// <summary>The way into this silo's part of the intake log. One worker a lane is enough: its calls interleave.</summary>
[StatelessWorker(1)]
internal sealed class AlertIntakeGrain(IIntakeLog log) : Grain, IAlertIntakeGrain
{
    public async Task<AlertsTaken> TakeAsync(SentAlerts sent, CancellationToken cancellationToken)
    {
        var project = CallContext.Current?.ProjectId ?? throw new CallContextException("Alerts belong to a project.");
        var entry = new IntakeEntry(project, AlertBatch.IntakeKind, sent.Batch, sent.Alerts, sent.TraceId, sent.OrderKey);
        var outcome = await log.AppendAsync(entry, cancellationToken);
        return new AlertsTaken(outcome.Status == IntakeStatus.Accepted ? null : outcome.RetryAfter ?? TimeSpan.FromSeconds(1));
    }
}
