using AwoooP.Journal.Storage;
using Npgsql;

namespace AwoooP.Journal.Reads;

/// <summary>What an accepted command answered first.</summary>
internal static class FindCommand
{
    internal const string Sql =
        """
        select outcome from journal.command
        where project_id = $1 and grain_type = $2 and grain_key = $3 and command_id = $4 and expires_at > clock_timestamp()
        """;

    public static async Task<ReadOnlyMemory<byte>?> ExecuteAsync(NpgsqlDataSource engine, AggregateId id, Guid commandId, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = engine.CreateCommand(Sql);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.ProjectId });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.Type });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.Key });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = commandId });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
                return null;

            // An accepted command without an outcome is known all the same.
            return reader.IsDBNull(0) ? ReadOnlyMemory<byte>.Empty : reader.GetFieldValue<byte[]>(0);
        }
        catch (Exception error) when (SqlFaults.IsOutage(error))
        {
            throw new JournalUnavailableException("The command cannot be looked up.", error);
        }
    }
}
