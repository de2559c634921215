using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Membership;

/// <summary>
/// The heartbeat: extends the lease of an incarnation that is alive, and reads the server's clock and identity, and until when the lease was before.
/// A lease that ran out unnoticed by others may be extended: nobody has taken over, or the row would say dead.
/// </summary>
internal static class RenewLease
{
    private const string Sql =
        """
        update journal.silo s set lease_until = clock_timestamp() + $3
        from journal.silo earlier
        where s.silo_id = $1 and s.incarnation = $2 and s.state = 'alive' and earlier.silo_id = s.silo_id
        returning clock_timestamp(), (select system_identifier from pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8),
                  pg_current_wal_flush_lsn(), earlier.lease_until, s.lease_until
        """;

    /// <summary>Null when the incarnation is dead.</summary>
    public static async Task<Renewal?> ExecuteAsync(
        NpgsqlDataSource engine, string siloId, Incarnation incarnation, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = siloId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation.Number });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease, NpgsqlDbType = NpgsqlDbType.Interval });

        // Read to the end: rows arrive before the commit does.
        Renewal? renewal = null;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var server = new ServerIdentity(reader.GetInt64(1), reader.GetString(2));
            var found = new ServerMoment(server, reader.GetFieldValue<NpgsqlLogSequenceNumber>(3), reader.GetFieldValue<DateTimeOffset>(4));
            renewal = new Renewal(reader.GetFieldValue<DateTimeOffset>(0), found, reader.GetFieldValue<DateTimeOffset>(5));
        }

        await reader.NextResultAsync(cancellationToken);
        return renewal;
    }
}

/// <param name="Found">What the server was before, the lease included.</param>
/// <param name="LeaseUntil">By PostgreSQL's clock, as renewed.</param>
internal sealed record Renewal(DateTimeOffset ServerTime, ServerMoment Found, DateTimeOffset LeaseUntil);
