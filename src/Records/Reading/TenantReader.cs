using AwoooP.Journal;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records.Reading;

/// <summary>
/// Runs queries as awooop_app for the tenants that are named, in one round trip: they are set for the implicit transaction of the batch only,
/// so nothing of it stays with the pooled connection.
/// </summary>
internal sealed class TenantReader(NpgsqlDataSource app)
{
    // Filters that are not given fall out of a custom plan; a generic one would carry them and miss its index.
    private const string EnterTenant = "select set_config('awooop.project_ids', $1, true), set_config('plan_cache_mode', 'force_custom_plan', true)";

    /// <summary>A page of a query that was asked for one row more than the page holds.</summary>
    /// <param name="filter">What the query was made of, besides the page.</param>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list, or to another filter.</exception>
    public Task<Page<T>> PageAsync<T>(
        string projectId,
        object filter,
        PageRequest page,
        NpgsqlBatchCommand query,
        Func<NpgsqlDataReader, T> map,
        Func<T, Cursor> cursor,
        CancellationToken cancellationToken) => PageAsync([projectId], filter, page, query, map, cursor, cancellationToken);

    /// <summary>The same, over several tenants at once.</summary>
    public async Task<Page<T>> PageAsync<T>(
        IReadOnlyList<string> projectIds,
        object filter,
        PageRequest page,
        NpgsqlBatchCommand query,
        Func<NpgsqlDataReader, T> map,
        Func<T, Cursor> cursor,
        CancellationToken cancellationToken)
    {
        var question = Cursor.QuestionOf(typeof(T), filter);
        if (page.After is { } after && after.Question != question)
            throw new InvalidCursorException();

        var rows = await ReadAsync(projectIds, [query], (reader, token) => RowsAsync(reader, map, token), cancellationToken);
        if (rows.Count <= page.Limit)
            return new Page<T>(rows, null);

        rows.RemoveRange(page.Limit, rows.Count - page.Limit);
        return new Page<T>(rows, (cursor(rows[^1]) with { Question = question }).ToString());
    }

    /// <summary>The one row of a query by key, or null when there is none.</summary>
    public async Task<T?> FindAsync<T>(
        string projectId, NpgsqlBatchCommand query, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
        where T : class => (await ListAsync(projectId, query, map, cancellationToken)).SingleOrDefault();

    public Task<List<T>> ListAsync<T>(string projectId, NpgsqlBatchCommand query, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken) =>
        ReadAsync(projectId, [query], (reader, token) => RowsAsync(reader, map, token), cancellationToken);

    /// <param name="read">Reads the result of the first query; goes on to the next by NextResultAsync.</param>
    /// <exception cref="JournalUnavailableException">PostgreSQL cannot be reached, or does not answer in time.</exception>
    public Task<T> ReadAsync<T>(
        string projectId,
        IEnumerable<NpgsqlBatchCommand> queries,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) => ReadAsync([projectId], queries, read, cancellationToken);

    private async Task<T> ReadAsync<T>(
        IReadOnlyList<string> projectIds,
        IEnumerable<NpgsqlBatchCommand> queries,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        // The setting is a comma list: such a name would stand for two tenants.
        if (projectIds.Count == 0 || projectIds.Any(static id => id.Length == 0 || id.Contains(',', StringComparison.Ordinal)))
            throw new ArgumentException("Not the ids of projects.", nameof(projectIds));

        try
        {
            await using var batch = app.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(EnterTenant) { Parameters = { Text(string.Join(',', projectIds)) } });
            foreach (var query in queries)
                batch.BatchCommands.Add(query);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            return await read(reader, cancellationToken);
        }
        catch (NpgsqlException fault) when (IsOutage(fault))
        {
            throw new JournalUnavailableException("The record tables cannot be read.", fault);
        }
    }

    public static async Task<List<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(map(reader));
        return rows;
    }

    public static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    /// <summary>An enum as the tables spell it.</summary>
    public static NpgsqlParameter Literal<TEnum>(TEnum? value)
        where TEnum : struct, Enum => Text(value is { } known ? Events.Literal.Of(known) : null);

    public static NpgsqlParameter Boolean(bool? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean };

    public static NpgsqlParameter Bigint(long? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Integer(int value) => new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Uuid(Guid? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Time(DateTimeOffset? value) => new()
    {
        Value = value is { } time ? time.ToUniversalTime() : DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.TimestampTz,
    };

    public static NpgsqlParameter Texts(string[] values) =>
        new NpgsqlParameter<string[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    /// <summary>Class 57 is the server's or an operator's intervention: a time-out, a shutdown. What else is refused for good is a bug of the query.</summary>
    private static bool IsOutage(NpgsqlException fault) =>
        fault is not PostgresException refused || refused.IsTransient || refused.SqlState.StartsWith("57", StringComparison.Ordinal);
}
