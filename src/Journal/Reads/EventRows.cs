using Npgsql;

namespace AwoooP.Journal.Reads;

/// <summary>How a row of journal.event becomes a <see cref="RecordedEvent"/>; every statement that reads events uses these columns.</summary>
internal static class EventRows
{
    /// <summary>The columns, of a table named or aliased <c>e</c>, in the order of <see cref="Read"/>.</summary>
    public const string Columns =
        "e.generation, e.partition, e.seq, e.grain_type, e.grain_key, e.version, e.type, e.type_version, "
        + "e.data, e.actor, e.at, e.trace_id, e.command_id, e.causation, e.depth";

    /// <summary>How many they are: a further column of a statement has this ordinal.</summary>
    public const int Count = 15;

    public static RecordedEvent Read(NpgsqlDataReader reader) => new()
    {
        Position = new Position(reader.GetInt16(0), reader.GetInt16(1), reader.GetInt64(2)),
        Id = new AggregateId(string.Intern(reader.GetString(3)), reader.GetString(4)),
        Version = reader.GetInt64(5),
        Type = string.Intern(reader.GetString(6)),
        TypeVersion = reader.GetInt16(7),
        Data = reader.GetFieldValue<byte[]>(8),
        Actor = reader.GetString(9),
        At = reader.GetFieldValue<DateTimeOffset>(10),
        TraceId = reader.IsDBNull(11) ? null : reader.GetString(11),
        CommandId = reader.IsDBNull(12) ? null : reader.GetGuid(12),
        Causation = !reader.IsDBNull(13) && Position.TryParse(reader.GetString(13), out var causation) ? causation : null,
        Depth = reader.GetInt16(14),
    };
}
