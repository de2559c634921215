using AwoooP.Commands;

namespace AwoooP.Retention;

/// <summary>
/// Removes the rows of a project that are past their terms, daily. Key: <c>{project_id}/retention</c>. What it did is in its events; how far each
/// table was cut back stands beside the tables.
/// </summary>
public interface IRetentionGrain : IAggregateGrain
{
    /// <summary>A project has one.</summary>
    const string Key = "retention";

    /// <summary>Begins the daily sweeps. Once they have begun it changes nothing.</summary>
    Task<CommandResult> ScheduleAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the project's own terms as a whole: a table that is left out has its default.</summary>
    Task<CommandResult> SetTermsAsync(SetRetentionTerms command, CancellationToken cancellationToken);

    Task<RetentionView> GetAsync(CancellationToken cancellationToken);
}

/// <param name="Days">By table, such as <c>timeline_events</c>: days, within the bounds of its term.</param>
public sealed record SetRetentionTerms(IReadOnlyDictionary<string, int> Days);

/// <param name="NextAt">Null until the first sweep was planned.</param>
/// <param name="LastSweep">Null before the first.</param>
public sealed record RetentionView(long Version, IReadOnlyList<TermInForce> Terms, DateTimeOffset? NextAt, RetentionSweep? LastSweep);

/// <summary>How long the rows of one table are kept. Tables that are not named are kept for ever.</summary>
/// <param name="Days">In force.</param>
/// <param name="DefaultDays">Unless the project says otherwise.</param>
/// <param name="LeastDays">The shortest that a project may ask for.</param>
/// <param name="MostDays">The longest.</param>
public sealed record TermInForce(string Table, int Days, int DefaultDays, int LeastDays, int MostDays);

/// <summary>What one sweep did.</summary>
/// <param name="Removed">Tables that lost rows.</param>
/// <param name="Held">Tables that a legal hold keeps whole.</param>
/// <param name="More">Whether rows are left for the next sweep, which then comes soon.</param>
/// <param name="Failed">Tables whose rows could not be removed: the next sweep, an hour later at most, comes to them last.</param>
/// <param name="Unreached">Tables that it had no time for: the next sweep begins with them.</param>
public sealed record RetentionSweep(
    DateTimeOffset At,
    IReadOnlyList<RemovedFromTable> Removed,
    IReadOnlyList<string> Held,
    bool More,
    IReadOnlyList<FailedTable> Failed,
    IReadOnlyList<string> Unreached);

/// <param name="Rows">Without those of its children, which went with them.</param>
/// <param name="Cut">Rows before this time went, as far as they had ended and were not held.</param>
public sealed record RemovedFromTable(string Table, long Rows, DateTimeOffset Cut);

/// <param name="Fault">What was wrong, without any data of the table.</param>
public sealed record FailedTable(string Table, string Fault);
