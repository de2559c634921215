using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Which history of the server this process remembers, and how far it was seen. An older copy in the server's place may bear the same
/// name, and may even show this silo as a member, but its log is shorter. So whoever connects compares before it writes.
/// </summary>
internal sealed class ServerHistory
{
    private const string Sql =
        """
        select (select system_identifier from pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8), pg_current_wal_flush_lsn()
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
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return true;
        return Continue(known, new ServerMoment(new ServerIdentity(reader.GetInt64(0), reader.GetString(1)), reader.GetFieldValue<NpgsqlLogSequenceNumber>(2)));
    }

    /// <summary>False when what was seen of the server is another history than what was known before it was asked.</summary>
    public bool Continue(ServerMoment? known, ServerMoment now)
    {
        if (known is not null && !known.IsContinuedBy(now))
            return false;
        Interlocked.CompareExchange(ref _known, now, known);
        return true;
    }

    /// <summary>Whichever server is joined next, its history is the one that memory is of.</summary>
    public void Forget() => Volatile.Write(ref _known, null);
}

/// <param name="Durable">How far the server's log was durable at the time: whatever crashes, no log of this history ends before.</param>
internal sealed record ServerMoment(ServerIdentity Server, NpgsqlLogSequenceNumber Durable)
{
    public bool IsContinuedBy(ServerMoment later) => later.Server == Server && later.Durable >= Durable;
}
