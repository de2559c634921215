using System.Globalization;
using AwoooP.Journal.Delivery.Replay;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Cuts;

/// <summary>What a cut takes out of the log.</summary>
/// <param name="Before">The first instant that is kept.</param>
/// <param name="Months">The log's tables that go, oldest first.</param>
/// <param name="Events">How many events that is.</param>
/// <param name="Positions">The last of them in each partition that has any.</param>
/// <param name="Projects">Every tenant of the database.</param>
public sealed record CutPlan(
    DateTimeOffset Before, IReadOnlyList<string> Months, long Events, IReadOnlyDictionary<short, long> Positions, IReadOnlyCollection<string> Projects)
{
    /// <summary>An event has the time at which it was decided, so one of a month may be committed a little after its end; not this long.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromDays(1);

    private const string NowSql = "select clock_timestamp()";

    // The names sort as the months do.
    private const string MonthsSql =
        """
        select c.relname::text
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'journal.event'::regclass and c.relname ~ '^event_y[0-9]{4}m[0-9]{2}$' and c.relname < $1
        order by 1
        """;

    private const string PositionsSql = "select e.partition, max(e.seq), count(*) from journal.event e where e.at < $1 group by e.partition order by 1";

    private const string StrayedSql = "select count(*) from journal.event e where e.at < $1 and e.tableoid = 'journal.event_default'::regclass";

    private const string ProjectsSql =
        """
        select g.project_id from journal.grain g
        union
        select e.project_id from journal.event e where e.at < $1
        union
        select unnest(c.projects) from journal.log_cut c
        """;

    /// <param name="month">The first month that is kept; its day does not count.</param>
    /// <param name="newerEvents">Has looked through all that the copies will be made of when this ends.</param>
    /// <exception cref="CutRefusedException">There is nothing to cut there, or it cannot be cut.</exception>
    internal static async Task<CutPlan> ReadAsync(NpgsqlConnection owner, DateOnly month, NewerEvents newerEvents, CancellationToken cancellationToken)
    {
        var before = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var now = (await ListAsync(owner, NowSql, static row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken))[0].UtcDateTime;
        if (before.UtcDateTime > now - Settled)
            throw new CutRefusedException(string.Create(CultureInfo.InvariantCulture, $"The newest month that can be kept alone is the one that ran a day ago, {now - Settled:yyyy-MM}."));

        var name = string.Create(CultureInfo.InvariantCulture, $"event_y{month.Year:0000}m{month.Month:00}");
        var months = await ListAsync(owner, MonthsSql, static row => row.GetString(0), cancellationToken, Text(name));
        if (months.Count == 0)
            throw new CutRefusedException(string.Create(CultureInfo.InvariantCulture, $"The log has no month before {before:yyyy-MM}."));

        var strayed = (await ListAsync(owner, StrayedSql, static row => row.GetInt64(0), cancellationToken, Time(before)))[0];
        if (strayed > 0)
        {
            throw new CutRefusedException(string.Create(
                CultureInfo.InvariantCulture, $"{strayed} events of before {before:yyyy-MM} are in journal.event_default, which cannot leave: nobody had made their months in time."));
        }

        var ends = await ListAsync(owner, PositionsSql, static row => (Partition: row.GetInt16(0), Seq: row.GetInt64(1), Events: row.GetInt64(2)), cancellationToken, Time(before));

        // By numbers, as the copies go, which may cross with times at the end of a month: what a later rebuild begins behind must be in them.
        if (await newerEvents.FindAsync(owner, [.. ends.Select(static end => (end.Partition, 0L, end.Seq))], cancellationToken) is { } newer)
            throw new CutRefusedException(newer);

        var projects = await ListAsync(owner, ProjectsSql, static row => row.GetString(0), cancellationToken, Time(before));
        return new CutPlan(before, months, ends.Sum(static end => end.Events), ends.ToDictionary(static end => end.Partition, static end => end.Seq), projects);
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Time(DateTimeOffset value) => new NpgsqlParameter<DateTimeOffset> { TypedValue = value };

    private static async Task<List<T>> ListAsync<T>(
        NpgsqlConnection owner, string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        // Months are counted whole.
        await using var command = new NpgsqlCommand(sql, owner) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        var found = new List<T>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found.Add(map(rows));
        return found;
    }
}
