using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records.Projecting;

internal static class KeyParameters
{
    /// <summary>Adds the keys as two text arrays: tenants and local keys.</summary>
    public static void AddKeys(this NpgsqlCommand command, IReadOnlyCollection<AggregateKey> keys)
    {
        command.AddArray(NpgsqlDbType.Text, keys.Select(key => key.ProjectId));
        command.AddArray(NpgsqlDbType.Text, keys.Select(key => key.LocalKey));
    }

    public static void AddArray<T>(this NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type });
}
