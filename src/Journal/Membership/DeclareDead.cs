using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Declares an incarnation dead, once: its database sessions are ended first (a silo stopped in mid-transaction must hold
/// no lock), then its row is compared and set under the exclusive fence, and its partitions are free. That its lease has run out is the
/// caller's word (<see cref="ObservedLeases"/>); here only the renewal is compared, and no clock asked.
/// </summary>
internal static class DeclareDead
{
    /// <summary>No row when the lease was renewed since it was looked at, or somebody else was first.</summary>
    private const string EndSessions =
        """
        select journal.end_sessions($1) from journal.silo
        where silo_id = $2 and incarnation = $3 and state = 'alive' and lease_until = $4
        """;

    /// <summary>A session that is ended takes a moment, and one that was just connecting is seen by the next call only. The fence waits for the rest.</summary>
    private const int EndAttempts = 5;

    private const string Fence = "select pg_advisory_xact_lock(1096239951, $1)";

    private const string Declare =
        """
        update journal.silo set state = 'dead'
        where silo_id = $1 and incarnation = $2 and state = 'alive' and (lease_until = $3 or $4)
        """;

    private const string Free =
        """
        update journal.partition set owner = null, owner_incarnation = null, epoch = epoch + 1
        where owner = $1 and owner_incarnation = $2
        """;

    /// <param name="leaving">The silo says so of itself: its lease need not have run out.</param>
    /// <returns>False when it is alive after all, or was declared dead by another.</returns>
    public static async Task<bool> ExecuteAsync(NpgsqlDataSource engine, SiloRow silo, bool leaving, CancellationToken cancellationToken)
    {
        if (!leaving && !await TryEndSessionsAsync(engine, silo, cancellationToken))
            return false;

        await using var connection = await engine.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var fence = new NpgsqlCommand(Fence, connection))
        {
            fence.Parameters.Add(new NpgsqlParameter<int> { TypedValue = silo.Fence });
            await fence.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var declare = new NpgsqlCommand(Declare, connection))
        {
            declare.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo.SiloId });
            declare.Parameters.Add(new NpgsqlParameter<long> { TypedValue = silo.Incarnation });
            declare.Parameters.Add(Renewal(silo));
            declare.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = leaving, NpgsqlDbType = NpgsqlDbType.Boolean });
            if (await declare.ExecuteNonQueryAsync(cancellationToken) == 0)
                return false;
        }

        await using (var free = new NpgsqlCommand(Free, connection))
        {
            free.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo.SiloId });
            free.Parameters.Add(new NpgsqlParameter<long> { TypedValue = silo.Incarnation });
            await free.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>False when it is alive after all: its sessions are left alone.</summary>
    private static async Task<bool> TryEndSessionsAsync(NpgsqlDataSource engine, SiloRow silo, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < EndAttempts; attempt++)
        {
            await using var end = engine.CreateCommand(EndSessions);
            end.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo.SessionName });
            end.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo.SiloId });
            end.Parameters.Add(new NpgsqlParameter<long> { TypedValue = silo.Incarnation });
            end.Parameters.Add(Renewal(silo));
            if (await end.ExecuteScalarAsync(cancellationToken) is not int ended)
                return false;
            if (ended == 0)
                break;
        }

        return true;
    }

    private static NpgsqlParameter<DateTimeOffset> Renewal(SiloRow silo) =>
        new() { TypedValue = silo.LeaseUntil, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
