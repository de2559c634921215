using AwoooP.Journal.Delivery;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Tenants;

/// <summary>
/// How far projections still are from the last event of a project that they want, in each partition. Once they have passed it by the table, none of
/// them has one of its events in memory: the position is stored with the rows.
/// </summary>
internal sealed class UnpassedEvents
{
    private const string EndsSql = "select e.partition, e.type, max(e.seq) from journal.event e where e.project_id = $1 group by e.partition, e.type";

    private const string CursorsSql = "select c.consumer, c.partition, c.seq from journal.cursor c where c.consumer = any ($1)";

    private readonly Dictionary<(string Consumer, short Partition), long> _ends;

    private UnpassedEvents(Dictionary<(string Consumer, short Partition), long> ends) => _ends = ends;

    /// <summary>After the fence: there will be no more events.</summary>
    public static async Task<UnpassedEvents> FindAsync(
        NpgsqlConnection owner, string projectId, IReadOnlyList<IProjection> projections, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EndsSql, owner);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        var ends = new Dictionary<(string, short), long>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var (partition, type, seq) = (rows.GetInt16(0), rows.GetString(1), rows.GetInt64(2));
            foreach (var projection in projections.Where(projection => projection.EventTypes.Contains(type)))
                ends[(projection.Name, partition)] = Math.Max(ends.GetValueOrDefault((projection.Name, partition)), seq);
        }

        return new UnpassedEvents(ends);
    }

    /// <summary>The projections that have not come so far, by name.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(CursorsSql, owner);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. _ends.Keys.Select(static end => end.Consumer).Distinct(StringComparer.Ordinal)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        var positions = new Dictionary<(string, short), long>();
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                positions[(rows.GetString(0), rows.GetInt16(1))] = rows.GetInt64(2);
        }

        return
        [
            .. _ends.Where(end => positions.GetValueOrDefault(end.Key) < end.Value).Select(static end => end.Key.Consumer)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }
}
