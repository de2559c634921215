using Npgsql;

namespace AwoooP.Journal.Membership;

/// <summary>The silos as the table has them.</summary>
internal static class FindSilos
{
    private const string Sql =
        "select silo_id, incarnation, fence, session_name, state = 'alive', lease_until < clock_timestamp() from journal.silo order by silo_id";

    public static async Task<IReadOnlyList<SiloRow>> ExecuteAsync(NpgsqlDataSource engine, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var silos = new List<SiloRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            silos.Add(new SiloRow(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.GetBoolean(4), reader.GetBoolean(5)));
        }

        return silos;
    }
}

/// <param name="LeaseRanOut">By PostgreSQL's clock.</param>
internal sealed record SiloRow(string SiloId, long Incarnation, int Fence, string SessionName, bool Alive, bool LeaseRanOut);
