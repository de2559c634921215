using System.Text;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Stands in for the commit pipeline: numbers events, makes them durable, then tells.</summary>
internal sealed class EventWriter(NpgsqlDataSource database)
{
    private const string Sql =
        """
        insert into journal.event
            (partition, generation, type_version, depth, seq, version, at, project_id, grain_type, grain_key, type, actor, command_id, causation, trace_id, data)
        values ($1, 1, 1, $2, $3, $4, $5, $6, $7, $8, $9, 'platform', null, null, null, $10::json)
        """;

    private readonly Dictionary<short, long> _seqs = [];
    private readonly Dictionary<AggregateId, long> _versions = [];

    public async Task<RecordedEvent> WriteAsync(
        short partition, AggregateId id, string type = "noted", string data = "{}", int depth = 0, ICommitObserver? tell = null)
    {
        var recorded = Next(partition, id, type, data, depth);
        await InsertAsync(recorded);
        tell?.OnCommitted([recorded]);
        return recorded;
    }

    public RecordedEvent Next(short partition, AggregateId id, string type = "noted", string data = "{}", int depth = 0) => new()
    {
        Position = new Position(1, partition, _seqs[partition] = _seqs.GetValueOrDefault(partition) + 1),
        Id = id,
        Version = _versions[id] = _versions.GetValueOrDefault(id) + 1,
        Type = type,
        TypeVersion = 1,
        Data = Encoding.UTF8.GetBytes(data),
        Actor = "platform",
        At = new DateTimeOffset(2026, 1, 15, 8, 0, 0, TimeSpan.Zero).AddSeconds(_seqs[partition]),
        Depth = depth,
    };

    public async Task InsertAsync(RecordedEvent recorded)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = recorded.Position.Partition });
        command.Parameters.Add(new NpgsqlParameter { Value = (short)recorded.Depth });
        command.Parameters.Add(new NpgsqlParameter { Value = recorded.Position.Seq });
        command.Parameters.Add(new NpgsqlParameter { Value = recorded.Version });
        command.Parameters.Add(new NpgsqlParameter { Value = recorded.At });
        command.Parameters.Add(new NpgsqlParameter { Value = recorded.Id.ProjectId });
        command.Parameters.Add(new NpgsqlParameter { Value = recorded.Id.Type });
        command.Parameters.Add(new NpgsqlParameter { Value = recorded.Id.Key });
        command.Parameters.Add(new NpgsqlParameter { Value = recorded.Type });
        command.Parameters.Add(new NpgsqlParameter { Value = Encoding.UTF8.GetString(recorded.Data.Span) });
        await command.ExecuteNonQueryAsync();
    }
}
