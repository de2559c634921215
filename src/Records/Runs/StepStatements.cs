using AwoooP.Events;
using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>How <c>step_journal</c> is written: intents first, then what came of them.</summary>
internal static class StepStatements
{
    // A conflict can only be the same intent told twice by one attempt; the first one stands.
    public static BulkStatement<DecodedEvent> Begin { get; } = new BulkStatement<DecodedEvent>(
        """
        insert into step_journal (status, project_id, run_id, step_no, attempt, phase, kind, name, input, tool_call_id, started_at)
        select 'started', * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (project_id, run_id, step_no, attempt, phase) do nothing
        """)
        .Text(next => next.ProjectId)
        .Uuid(next => Guid.Parse(next.LocalKey))
        .Integer(next => Begun(next).StepNo)
        .Integer(next => Begun(next).Attempt)
        .Text(next => Literal.Of(Begun(next).Phase))
        .Text(next => Begun(next).Kind, 20)
        .Text(next => Begun(next).Name, 200)
        .Json(next => Begun(next).Input)
        .Uuid(next => Begun(next).ToolCallId)
        .Time(next => next.At);

    public static BulkStatement<DecodedEvent> Finish { get; } = new BulkStatement<DecodedEvent>(
        """
        update step_journal s
        set output = finished.output, status = finished.status, error_code = finished.error_code,
            finished_at = finished.finished_at, duration_ms = finished.duration_ms
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            as finished (project_id, run_id, step_no, attempt, phase, output, status, error_code, finished_at, duration_ms)
        where s.project_id = finished.project_id and s.run_id = finished.run_id and s.step_no = finished.step_no
            and s.attempt = finished.attempt and s.phase = finished.phase
        """)
        .Text(next => next.ProjectId)
        .Uuid(next => Guid.Parse(next.LocalKey))
        .Integer(next => Finished(next).StepNo)
        .Integer(next => Finished(next).Attempt)
        .Text(next => Literal.Of(Finished(next).Phase))
        .Text(next => Finished(next).Output)
        .Text(next => Literal.Of(Finished(next).Status))
        .Text(next => Finished(next).ErrorCode, 50)
        .Time(next => next.At)
        .Bigint(next => Finished(next).DurationMs);

    private static RunStepBegun Begun(DecodedEvent next) => (RunStepBegun)next.Data;

    private static RunStepFinished Finished(DecodedEvent next) => (RunStepFinished)next.Data;
}
