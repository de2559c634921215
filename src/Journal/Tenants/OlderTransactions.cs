using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Tenants;

/// <summary>
/// Waits until every transaction of the platform that is under way now has ended, by their ids and no clock. Those that begin later see what was
/// committed before; so what they check, and what is deleted afterwards, cannot pass each other by.
/// </summary>
internal static class OlderTransactions
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    // Every transaction holds the lock on its own virtual id until it ends.
    private const string Find =
        """
        select coalesce(array_agg(l.virtualxid), '{}')
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'virtualxid' and l.mode = 'ExclusiveLock' and l.pid <> pg_backend_pid()
          and a.datname = current_database() and a.usename in ('awooop_engine', 'awooop_app')
        """;

    private const string AreOpen = "select exists (select from pg_locks where locktype = 'virtualxid' and mode = 'ExclusiveLock' and virtualxid = any ($1))";

    /// <exception cref="TenantException">One of them is open for longer than the limit.</exception>
    public static async Task WaitAsync(NpgsqlConnection owner, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(Find, owner);
        var open = (string[])(await find.ExecuteScalarAsync(cancellationToken))!;
        if (open.Length == 0)
            return;

        await using var areOpen = new NpgsqlCommand(AreOpen, owner);
        areOpen.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = open, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var started = time.GetTimestamp();
        while ((bool)(await areOpen.ExecuteScalarAsync(cancellationToken))!)
        {
            if (time.GetElapsedTime(started) > limit)
                throw new TenantException(TenantFault.NotYet, $"A transaction of the platform has been open for more than {limit.TotalSeconds:0} s. Run the same again.");

            await Task.Delay(Poll, time, cancellationToken);
        }
    }
}
