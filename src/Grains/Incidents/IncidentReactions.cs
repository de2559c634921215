using AwoooP.Alerts;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Playbooks;
using AwoooP.Reactions;
using AwoooP.Runs;
using AwoooP.Time;

namespace AwoooP.Incidents;

/// <summary>
/// What moves incidents: an alert that fires opens one or joins the one that it is linked to, a quiet alert clears it, and the run of its plan
/// mitigates and ends it. Events of one alert come here in order, so the link that the alert holds is always that of the events before.
/// </summary>
internal sealed class IncidentReactions(IGrainFactory grains, EventCatalog events, PlatformZone zone) : Reaction(events)
{
    private const int MaxIdAttempts = 8;
    private const int JoinStep = 20;
    private const int LinkStep = 21;

    public override string Name => "incidents";

    protected override IReadOnlyList<Type> Handled { get; } =
    [
        typeof(AlertFired),
        typeof(AlertOccurred),
        typeof(AlertResolved),
        typeof(RunClaimed),
        typeof(RunCompleted),
        typeof(RunFailed),
        typeof(RunCancelled),
        typeof(RunTimedOut),
    ];

    protected override Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken) => data switch
    {
        AlertFired fired => JoinOrOpenAsync(
            recorded,
            new OpenIncident(fired.Identity, fired.Classification, fired.Member, fired.HitCount, fired.Frequency),
            cancellationToken),
        AlertOccurred occurred => OccurAsync(recorded, occurred, cancellationToken),
        AlertResolved resolved => ClearAsync(recorded, resolved, cancellationToken),
        RunClaimed => MitigateAsync(recorded, cancellationToken),
        RunCompleted { IsShadow: false } completed => EndAsync(recorded, completed.Plan, RepairOutcome.Of(completed), cancellationToken),
        RunFailed { IsShadow: false } failed => EndAsync(recorded, failed.Plan, RepairOutcome.Of(failed), cancellationToken),
        RunCancelled cancelled => EndAsync(recorded, cancelled.Plan, RepairOutcome.Of(cancelled), cancellationToken),
        RunTimedOut timedOut => EndAsync(recorded, timedOut.Plan, RepairOutcome.Of(timedOut), cancellationToken),
        RunCompleted or RunFailed => Task.CompletedTask,
        _ => throw new InvalidOperationException($"{Name} was given {data.GetType().Name}."),
    };

    private async Task OccurAsync(RecordedEvent recorded, AlertOccurred occurred, CancellationToken cancellationToken)
    {
        var alert = await AlertOf(recorded).GetAsync(cancellationToken);
        var frequency = alert?.Frequency ?? new AlertFrequency(1, 1, 1, 1, null);
        await JoinOrOpenAsync(
            recorded, new OpenIncident(occurred.Identity, occurred.Classification, occurred.Member, occurred.HitCount, frequency), cancellationToken);
    }

    private async Task JoinOrOpenAsync(RecordedEvent recorded, OpenIncident opening, CancellationToken cancellationToken)
    {
        string[] ownIds = [.. Enumerable.Range(0, MaxIdAttempts).Select(attempt => IncidentId.Derive(zone, recorded.At, CauseOf(recorded), attempt))];
        var alert = await AlertOf(recorded).GetAsync(cancellationToken);

        // A link to an incident that this very event opened means redelivery, not an incident to join.
        if (alert?.IncidentId is { } linked && !ownIds.Contains(linked))
        {
            var joined = await SendAsync(
                recorded,
                JoinStep,
                token => IncidentOf(recorded, linked).AddSignalAsync(new AddSignal(opening.Signal, opening.HitCount), token),
                cancellationToken,
                IncidentRefusals.NotFound);
            if (joined.IsAccepted)
                return;
        }

        await LinkAsync(recorded, await OpenAsync(recorded, ownIds, opening, cancellationToken), cancellationToken);
    }

    private async Task<string> OpenAsync(RecordedEvent recorded, string[] ids, OpenIncident opening, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < ids.Length; attempt++)
        {
            var id = ids[attempt];
            var opened = await SendAsync(recorded, attempt, token => IncidentOf(recorded, id).OpenAsync(opening, token), cancellationToken);
            if (opened.IsAccepted)
                return id;
        }

        throw new InvalidOperationException($"{ids.Length} incident ids derived from {recorded.Position} are all taken.");
    }

    private Task LinkAsync(RecordedEvent recorded, string incidentId, CancellationToken cancellationToken) =>
        SendAsync(recorded, LinkStep, token => AlertOf(recorded).LinkIncidentAsync(new LinkIncident(incidentId), token), cancellationToken);

    private async Task ClearAsync(RecordedEvent recorded, AlertResolved resolved, CancellationToken cancellationToken)
    {
        if (await AlertOf(recorded).GetAsync(cancellationToken) is not { IncidentId: { } incidentId })
            return;
        await SendAsync(
            recorded,
            0,
            token => IncidentOf(recorded, incidentId).ClearAlertAsync(new ClearAlert(resolved.Identity.Fingerprint), token),
            cancellationToken,
            IncidentRefusals.NotFound);
    }

    private async Task MitigateAsync(RecordedEvent recorded, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<IRunGrain>(recorded.Id.Key).GetAsync(cancellationToken) is not { IsShadow: false } run)
            return;
        await SendAsync(
            recorded,
            0,
            token => IncidentOf(recorded, run.Plan.IncidentId).StartMitigationAsync(new StartMitigation(run.RunId), token),
            cancellationToken,
            IncidentRefusals.NotFound);
    }

    private Task EndAsync(RecordedEvent recorded, RepairPlan plan, RecordRepair outcome, CancellationToken cancellationToken) =>
        SendAsync(
            recorded, 0, token => IncidentOf(recorded, plan.IncidentId).RecordRepairAsync(outcome, token), cancellationToken, IncidentRefusals.NotFound);

    private IAlertGrain AlertOf(RecordedEvent recorded) => grains.GetGrain<IAlertGrain>(recorded.Id.Key);

    private IIncidentGrain IncidentOf(RecordedEvent recorded, string incidentId) => grains.GetGrain<IIncidentGrain>($"{recorded.Id.ProjectId}/{incidentId}");

    private static string CauseOf(RecordedEvent recorded) => $"{recorded.Id.ProjectId}/{recorded.Position}";
}
