using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Which history of the server this process remembers, and how far it was seen. An older copy in the server's place may bear the same
/// name, and may even show this silo as a member, but its log is shorter, and when that has grown again, an older renewal of this silo's
/// lease still stands there. So whoever connects compares before it writes.
/// </summary>
internal sealed class ServerHistory(SiloIdentity silo)
{
    private const string Sql =
        """
        select (select system_identifier from pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8), pg_current_wal_flush_lsn(),
               (select s.lease_until from journal.silo s where s.silo_id = $1)
        where not pg_is_in_recovery()
        """;

    private ServerMoment? _known;

    /// <summary>Read it before the server is asked: what others see of it meanwhile lies further on. Null before the first look.</summary>
    public ServerMoment? Known => Volatile.Read(ref _known);

    /// <summary>False when the server holds another history than the one that is known. A server that takes no writes is not asked: it refuses them.</summary>
    public async Task<bool> IsContinuedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var known = Known;
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo.SiloId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return true;

        var found = new ServerMoment(
            new ServerIdentity(reader.GetInt64(0), reader.GetString(1)),
            reader.GetFieldValue<NpgsqlLogSequenceNumber>(2),
            await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(3));
        if (known is not null && !known.IsContinuedBy(found))
            return false;

        // Only a renewal that was confirmed may be asked for later.
        Interlocked.CompareExchange(ref _known, found with { LeaseUntil = known?.LeaseUntil }, known);
        return true;
    }

    /// <summary>For the heartbeat, which alone renews.</summary>
    /// <param name="known">From before the server was asked.</param>
    /// <returns>False when what the renewal has found at the server is another history than that.</returns>
    public bool Continue(ServerMoment? known, Renewal renewal)
    {
        if (known is not null && !known.IsContinuedBy(renewal.Found))
            return false;

        var found = renewal.Found with { LeaseUntil = renewal.LeaseUntil };
        while (true)
        {
            // A connection that asked later may have been answered sooner.
            var seen = Known;
            var next = seen?.Server == found.Server && seen.Durable > found.Durable ? found with { Durable = seen.Durable } : found;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _known, next, seen), seen))
                return true;
        }
    }

    /// <summary>Whichever server is joined next, its history is the one that memory is of.</summary>
    public void Forget() => Volatile.Write(ref _known, null);
}

/// <param name="Durable">How far the server's log was durable at the time: whatever crashes, no log of this history ends before.</param>
/// <param name="LeaseUntil">
/// What the last renewal of this silo's lease had set, by PostgreSQL's clock; null when none is known. A clock that is put back between two
/// renewals of which one was not confirmed looks like an older copy: then memory is dropped for nothing.
/// </param>
internal sealed record ServerMoment(ServerIdentity Server, NpgsqlLogSequenceNumber Durable, DateTimeOffset? LeaseUntil)
{
    public bool IsContinuedBy(ServerMoment later) => later.Server == Server && later.Durable >= Durable && !(later.LeaseUntil < LeaseUntil);
}
