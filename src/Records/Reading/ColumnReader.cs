using System.Text.Json;
using Npgsql;

namespace AwoooP.Records.Reading;

/// <summary>Columns that may be null.</summary>
internal static class ColumnReader
{
    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static int? Integer(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public static long? Bigint(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static double? Double(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    public static Guid? Uuid(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public static DateTimeOffset? Time(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    /// <summary>A jsonb column that the query has cast to text.</summary>
    public static JsonElement? Json(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : JsonElement.Parse(reader.GetString(column));
}
