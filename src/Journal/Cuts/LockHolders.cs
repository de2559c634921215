using System.Globalization;
using Npgsql;

namespace AwoooP.Journal.Cuts;

/// <summary>Who keeps a cut from its locks. Locks are given in turn, so it is a transaction that began before the last attempt did.</summary>
internal static class LockHolders
{
    private const int Shown = 5;

    // A session of a superuser, such as a backup, shows its name but not since when.
    private const string Sql =
        """
        select a.pid, a.usename::text, a.application_name, coalesce(a.state, ''),
               extract(epoch from clock_timestamp() - a.xact_start)::bigint,
               array_to_string((array_agg(distinct format('%s.%s', n.nspname, c.relname)))[1:3], ', ')
        from pg_locks l
        join pg_class c on c.oid = l.relation and c.relkind in ('r', 'p')
        join pg_namespace n on n.oid = c.relnamespace and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
        join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'relation' and l.granted and l.database = (select d.oid from pg_database d where d.datname = current_database())
          and a.pid <> pg_backend_pid() and (a.xact_start is null or a.xact_start < clock_timestamp() - $1)
        group by a.pid, a.usename, a.application_name, a.state, a.xact_start
        order by a.xact_start nulls first
        limit $2
        """;

    /// <summary>Those that are there now, a line each; none when it has just ended.</summary>
    /// <param name="connection">In no transaction.</param>
    /// <param name="waited">How long the attempt waited.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(NpgsqlConnection connection, TimeSpan waited, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = waited });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Shown });
        var found = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var since = rows.IsDBNull(4) ? "" : string.Create(CultureInfo.InvariantCulture, $", its transaction open for {rows.GetInt64(4)} s");
            found.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Session {rows.GetInt32(0)} of {Text(rows, 1)} ({Text(rows, 2)}, {Text(rows, 3)}{since}) has locks on {rows.GetString(5)}."));
        }

        return found;
    }

    private static string Text(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) || rows.GetString(column).Length == 0 ? "unknown" : rows.GetString(column);
}
