using AwoooP.Journal.Storage;
using Npgsql;

namespace AwoooP.Journal.Reads;

/// <summary>The names of a kind that aggregates of a project hold.</summary>
internal static class FindClaims
{
    internal const string Sql = "select key from journal.claim where project_id = $1 and kind = $2";

    public static async Task<IReadOnlyList<string>> ExecuteAsync(NpgsqlDataSource engine, string projectId, string kind, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = engine.CreateCommand(Sql);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var keys = new List<string>();
            while (await reader.ReadAsync(cancellationToken))
                keys.Add(reader.GetString(0));
            return keys;
        }
        catch (Exception error) when (SqlFaults.IsOutage(error))
        {
            throw new JournalUnavailableException("The claims cannot be read.", error);
        }
    }
}
