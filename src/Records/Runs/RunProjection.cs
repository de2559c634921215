using AwoooP.Records.Projecting;
using AwoooP.Runs;
using Npgsql;

namespace AwoooP.Records;

/// <summary>
/// Fills the tables that tell of runs. They are one projection, since what was executed is told with the plan that the run began with.
/// </summary>
internal sealed class RunProjection() : Projection(
    "records.runs",
    ["public.run_state", "public.step_journal", "public.audit_logs", "public.auto_repair_executions", "public.remediation_events"],
    typeof(RunEvent))
{
    protected override async Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken)
    {
        var runs = await RunTable.Instance.ApplyAsync(connection, events, RunFold.Begins, RunFold.Apply, cancellationToken);
        await StepStatements.Begin.ExecuteAsync(connection, [.. events.Where(next => next.Data is RunStepBegun)], cancellationToken);
        await StepStatements.Finish.ExecuteAsync(connection, LastWords(events), cancellationToken);
        await AuditStatements.Insert.ExecuteAsync(connection, [.. Operations(events, runs)], cancellationToken);
        await RemediationStatements.Begin.ExecuteAsync(connection, [.. events.Where(next => next.Data is RunCreated)], cancellationToken);
        await RemediationStatements.End.ExecuteAsync(connection, [.. Ended(events, runs)], cancellationToken);
        await AutoRepairStatements.Insert.ExecuteAsync(connection, [.. events.Select(Repair.From).OfType<Repair>()], cancellationToken);
    }

    // An UPDATE joined to two words about one step would take either; the last one counts.
    private static List<DecodedEvent> LastWords(List<DecodedEvent> events) =>
    [
        .. events.Where(next => next.Data is RunStepFinished)
            .GroupBy(next => (RunStepFinished)next.Data is var step ? (next.Key, step.StepNo, step.Attempt, step.Phase) : default)
            .Select(words => words.Last()),
    ];

    private static IEnumerable<Operation> Operations(List<DecodedEvent> events, IReadOnlyDictionary<AggregateKey, RunRecord> runs) =>
        from next in events
        let run = runs[next.Key]
        where Operation.Tells(next.Data, run.IsShadow)
        select new Operation(next, run);

    private static IEnumerable<EndedRun> Ended(List<DecodedEvent> events, IReadOnlyDictionary<AggregateKey, RunRecord> runs) =>
        from next in events
        where next.Data is RunCompleted or RunFailed or RunCancelled or RunTimedOut
        select new EndedRun(next, runs[next.Key]);
}
