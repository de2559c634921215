using AwoooP.Journal.Membership;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Reports;

/// <summary>Leaves the report in the silo's row, unless the incarnation is dead.</summary>
internal static class WriteSiloReport
{
    private const string Sql =
        """
        update journal.silo set report = $3, reported_at = clock_timestamp()
        where silo_id = $1 and incarnation = $2 and state = 'alive'
        """;

    public static async Task ExecuteAsync(
        NpgsqlDataSource engine, string siloId, Incarnation incarnation, byte[] report, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = siloId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation.Number });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = report, NpgsqlDbType = NpgsqlDbType.Json });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
