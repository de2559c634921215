using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records;

internal static class KeyParameters
{
    /// <summary>Adds the keys as two text arrays: tenants and local keys.</summary>
    public static void AddKeys(this NpgsqlCommand command, IReadOnlyCollection<AggregateKey> keys)
    {
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(key => key.ProjectId)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(key => key.LocalKey)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
    }
}
