using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>The columns of journal.event in the order that <see cref="Read"/> takes them.</summary>
internal static class EventRow
{
    public const string Columns =
        "e.partition, e.seq, e.grain_type, e.grain_key, e.version, e.type, e.type_version, e.data, e.actor, e.at, e.trace_id, e.command_id, e.causation, e.depth, e.generation";

    public static RecordedEvent Read(NpgsqlDataReader row) => new()
    {
        Position = new Position(row.GetInt16(14), row.GetInt16(0), row.GetInt64(1)),
        Id = new AggregateId(string.Intern(row.GetString(2)), row.GetString(3)),
        Version = row.GetInt64(4),
        Type = string.Intern(row.GetString(5)),
        TypeVersion = row.GetInt16(6),
        Data = row.GetFieldValue<byte[]>(7),
        Actor = row.GetString(8),
        At = row.GetFieldValue<DateTimeOffset>(9),
        TraceId = row.IsDBNull(10) ? null : row.GetString(10),
        CommandId = row.IsDBNull(11) ? null : row.GetGuid(11),
        Causation = !row.IsDBNull(12) && Position.TryParse(row.GetString(12), out var causation) ? causation : null,
        Depth = row.GetInt16(13),
    };
}
