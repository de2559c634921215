using AwoooP.Journal;
using AwoooP.Retention;
using Npgsql;

namespace AwoooP.Records;

/// <summary>The removal of rows past their term, through the definer function: awooop_app may delete nothing itself.</summary>
internal sealed class RowRemoval(NpgsqlDataSource app) : IRowRemoval
{
    /// <summary>Rows of one batch, which is one transaction: few enough that nobody waits for it.</summary>
    private const int Batch = 500;

    /// <summary>Of one batch, in seconds. It takes milliseconds unless a lock is held for long.</summary>
    private const int BatchTimeout = 5;

    private const string Schema = "public.";

    private const string TooLong = "a batch took too long";

    private const string TermsSql = "select t.table_name, t.keep_days, t.least_days, t.most_days from retention.term t order by t.table_name";

    private const string EnterSql = "select set_config('awooop.project_ids', $1, true)";

    private const string RemoveSql = "select r.removed, r.total, r.held from retention.remove_rows($1, $2, $3, $4) r";

    public async Task<IReadOnlyList<RetentionTerm>> FindTermsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = app.CreateCommand(TermsSql);
            var terms = new List<RetentionTerm>();
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                terms.Add(new RetentionTerm(rows.GetString(0)[Schema.Length..], rows.GetInt32(1), rows.GetInt32(2), rows.GetInt32(3)));
            return terms;
        }
        catch (NpgsqlException fault)
        {
            throw new JournalUnavailableException("The terms of the record tables cannot be read.", fault);
        }
    }

    public async Task<RemovedBatch> RemoveAsync(string projectId, string table, DateTimeOffset cut, CancellationToken cancellationToken)
    {
        try
        {
            await using var batch = app.CreateBatch();
            batch.Timeout = BatchTimeout;
            batch.BatchCommands.Add(new NpgsqlBatchCommand(EnterSql) { Parameters = { new NpgsqlParameter<string> { TypedValue = projectId } } });
            batch.BatchCommands.Add(new NpgsqlBatchCommand(RemoveSql)
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = projectId },
                    new NpgsqlParameter<string> { TypedValue = Schema + table },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = cut.ToUniversalTime() },
                    new NpgsqlParameter<int> { TypedValue = Batch },
                },
            });
            await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
            await rows.NextResultAsync(cancellationToken);
            await rows.ReadAsync(cancellationToken);
            var removed = new RemovedBatch(rows.GetInt64(1), rows.GetBoolean(2), rows.GetInt32(0) < Batch);

            // A fault at the end of the transaction comes behind the row.
            await rows.NextResultAsync(cancellationToken);
            return removed;
        }
        catch (NpgsqlException fault) when (fault is not PostgresException { SqlState: PostgresErrorCodes.InvalidParameterValue or PostgresErrorCodes.InsufficientPrivilege })
        {
            throw new JournalUnavailableException($"The rows of {table} that are past their term could not be removed: {Reason(fault)}.", fault);
        }
    }

    /// <summary>Without the text of the fault, which may quote a row.</summary>
    private static string Reason(NpgsqlException fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => TooLong,
        PostgresException refused => $"PostgreSQL says {refused.SqlState}",
        { InnerException: TimeoutException } => TooLong,
        _ => "PostgreSQL does not answer",
    };
}
