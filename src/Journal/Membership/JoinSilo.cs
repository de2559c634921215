using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Membership;

/// <summary>Admits this process as the silo's next incarnation. A row of an incarnation that is still alive stands in the way.</summary>
internal static class JoinSilo
{
    private const string Sql =
        """
        insert into journal.silo as s (silo_id, incarnation, session_name, state, lease, lease_until, started_at, address, version)
        values ($1, 1, $2, 'alive', $3, clock_timestamp() + $3, clock_timestamp(), $4, $5)
        on conflict (silo_id) do update
            set incarnation = s.incarnation + 1, session_name = excluded.session_name, state = 'alive',
                lease = excluded.lease, lease_until = excluded.lease_until, started_at = excluded.started_at,
                address = excluded.address, version = excluded.version, leaving = false
            where s.state = 'dead'
        returning incarnation, fence
        """;

    /// <summary>Null when another incarnation has not been declared dead yet.</summary>
    public static async Task<Incarnation?> ExecuteAsync(NpgsqlDataSource engine, SiloIdentity silo, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo.SiloId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo.SessionName });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = silo.Address, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo.Version });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new Incarnation(reader.GetInt64(0), reader.GetInt32(1)) : null;
    }
}
