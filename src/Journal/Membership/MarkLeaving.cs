using Npgsql;

namespace AwoooP.Journal.Membership;

/// <summary>Says that an incarnation is on its way out, so that the others place without it while it still serves.</summary>
internal static class MarkLeaving
{
    private const string Sql = "update journal.silo set leaving = true where silo_id = $1 and incarnation = $2 and state = 'alive'";

    public static async Task ExecuteAsync(NpgsqlDataSource engine, string siloId, Incarnation incarnation, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = siloId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation.Number });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
