using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Reads;

/// <summary>The newest snapshots of many aggregates, in one round trip.</summary>
internal sealed class ReadSnapshots(NpgsqlDataSource engine) : ISnapshotSource
{
    // A lateral look-up for each key: whatever the planner thinks of the table, it is read by its primary key.
    internal const string Sql =
        """
        select n.number::integer - 1, g.version, g.state_version, g.state
        from unnest($1, $2, $3) with ordinality as n (project, type, key, number)
        cross join lateral (
            select version, state_version, state from journal.grain
            where project_id = n.project and grain_type = n.type and grain_key = n.key
            offset 0) g
        """;

    public async Task ReadAsync(IReadOnlyList<AggregateId> ids, Action<int, Snapshot> found, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        AddArray(command, ids.Select(id => id.ProjectId));
        AddArray(command, ids.Select(id => id.Type));
        AddArray(command, ids.Select(id => id.Key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var place = reader.GetInt32(0);
            found(place, new Snapshot(ids[place], reader.GetInt64(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3)));
        }
    }

    private static void AddArray(NpgsqlCommand command, IEnumerable<string> values) =>
        command.Parameters.Add(new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = [.. values] });
}
