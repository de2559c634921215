namespace AwoooP.Retention;

/// <summary>The terms of the record tables, and the removal of rows that are past them.</summary>
public interface IRowRemoval
{
    /// <summary>Tables with a term, in ordinal order of their names; the others are kept for ever.</summary>
    Task<IReadOnlyList<RetentionTerm>> FindTermsAsync(CancellationToken cancellationToken);

    /// <summary>Removes one batch of rows: those before the cut that have ended and are not held, with their children.</summary>
    /// <param name="projectId">Whose rows.</param>
    /// <param name="table">One of those with a term.</param>
    /// <param name="cut">At least the table's <see cref="RetentionTerm.LeastDays"/> ago.</param>
    /// <param name="cancellationToken">Ends it; the batch is then removed whole or not at all.</param>
    /// <exception cref="Exception">It failed or took too long. What is thrown when PostgreSQL is the cause has a message that may be shown.</exception>
    Task<RemovedBatch> RemoveAsync(string projectId, string table, DateTimeOffset cut, CancellationToken cancellationToken);
}

/// <param name="Table">Its name, without a schema.</param>
/// <param name="DefaultDays">How long its rows are kept unless the project says otherwise.</param>
public sealed record RetentionTerm(string Table, int DefaultDays, int LeastDays, int MostDays);

/// <param name="Total">Rows that were ever removed from the project's table; counted in the transactions that removed them.</param>
/// <param name="IsHeld">A legal hold keeps the whole table.</param>
/// <param name="IsLast">Nothing more is to be removed before this cut.</param>
public readonly record struct RemovedBatch(long Total, bool IsHeld, bool IsLast);
