using System.Text.Json;
using Npgsql;

namespace AwoooP.Records;

internal static class JsonColumn
{
    /// <summary>A jsonb column that the query has cast to text.</summary>
    public static JsonElement? Json(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : JsonElement.Parse(reader.GetString(column));
}
