using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Time;
using Microsoft.Extensions.Logging;

namespace AwoooP.Retention;

/// <summary>
/// The shell of a project's retention. When its wake-up fires, rows are removed in bounded batches inside the turn, and what went is committed. How many
/// that were is counted where they are removed, so a crash in between loses none: the next sweep tells of them.
/// </summary>
[GrainType(AggregateTypes.Retention)]
internal sealed class RetentionGrain(AggregateServices services, IRowRemoval rows, PlatformZone zone, IDurableClock clock, ILogger<RetentionGrain> logger)
    : AggregateGrain<RetentionSchedule, RetentionEvent>(services), IRetentionGrain
{
    /// <summary>Of one sweep over all tables, so that a turn stays short; what is left is swept a minute later.</summary>
    private const int MaxBatches = 20;

    /// <summary>After it no other batch is begun: with the time of one more it is well within that of a call, so what was removed is told in the same turn.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(15);

    public Task<CommandResult> ScheduleAsync(CancellationToken cancellationToken) =>
        ExecuteAsync((retention, now) => RetentionDecider.Schedule(retention, zone, now), cancellationToken);

    public async Task<CommandResult> SetTermsAsync(SetRetentionTerms command, CancellationToken cancellationToken)
    {
        _ = Caller;
        var terms = await rows.FindTermsAsync(cancellationToken);
        return await ExecuteAsync((retention, _) => RetentionDecider.SetTerms(retention, command, terms, Caller.Actor), cancellationToken);
    }

    public async Task<RetentionView> GetAsync(CancellationToken cancellationToken)
    {
        _ = Caller;
        var terms = await rows.FindTermsAsync(cancellationToken);
        return await ReadAsync(
            (retention, version) => new RetentionView(
                version,
                [.. terms.Select(term => new TermInForce(term.Table, retention.DaysOf(term), term.DefaultDays, term.LeastDays, term.MostDays))],
                retention.NextAt,
                retention.LastSweep),
            cancellationToken);
    }

    public override async Task WakeAsync(string name, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        // Before anything is removed: what comes without a tenant is not answered with an effect.
        _ = Caller;
        if (name != RetentionDecider.SweepWake)
            throw new InvalidOperationException($"A retention has no wake-up '{name}'.");

        // One that comes twice.
        if (State.NextAt is not { } next || dueAt < next)
            return;

        var swept = await SweepAsync(State, cancellationToken);
        var result = await ExecuteAsync((retention, now) => RetentionDecider.Tell(retention, swept, zone, now < dueAt ? dueAt : now), cancellationToken);
        if (!result.IsAccepted)
            return;

        foreach (var removed in State.LastSweep!.Removed)
            RetentionTelemetry.Removed(removed.Table, removed.Rows);
    }

    /// <summary>Each table stands for itself: what fails of one is told, and the others are swept all the same.</summary>
    private async Task<List<SweptTable>> SweepAsync(RetentionSchedule retention, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var swept = new List<SweptTable>();
        var batches = 0;
        foreach (var term in RetentionDecider.Order(await rows.FindTermsAsync(cancellationToken), retention.LastSweep))
        {
            var cut = now.AddDays(-retention.DaysOf(term));
            RemovedBatch? last = null;
            string? fault = null;
            try
            {
                while (clock.Now - now < MaxTime && (last is null || (last is { IsLast: false, IsHeld: false } && batches < MaxBatches)))
                {
                    last = await rows.RemoveAsync(Id.ProjectId, term.Table, cut, cancellationToken);
                    batches++;
                }
            }
            catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
            {
                fault = failed is JournalUnavailableException ? failed.Message : failed.GetType().Name;
                RetentionTelemetry.Failed(term.Table);
                RetentionLog.TableFailed(logger, failed, Id.ProjectId, term.Table);
            }

            swept.Add(new SweptTable(term.Table, cut, last, fault));
        }

        if (swept.Count(static table => table.IsUnreached) is > 0 and var unreached)
            RetentionLog.Unreached(logger, Id.ProjectId, unreached);
        return swept;
    }
}
