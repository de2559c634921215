using AwoooP.Journal.Delivery.Feed;
using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>Stores the positions of one consumer that moved in memory only.</summary>
internal sealed class FlushCursors(NpgsqlDataSource engine)
{
    private readonly ReadCursors _read = new(engine);

    /// <summary>Answers how many were stored.</summary>
    public async Task<int> ExecuteAsync(Consumer consumer, IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken)
    {
        var moves = new Dictionary<PartitionFeed, CursorMove>();
        foreach (var feed in feeds)
        {
            if (feed.GetMove(consumer.Ordinal, skipAtLeast) is { } move)
                moves.Add(feed, move);
        }

        if (moves.Count == 0)
            return 0;

        var generation = (short)moves.Keys.First().Generation;
        HashSet<(string, short)> moved;
        await using (var connection = await engine.OpenConnectionAsync(cancellationToken))
            moved = await MoveCursors.ExecuteAsync(connection, [.. moves.Values], generation, cancellationToken);

        foreach (var (feed, move) in moves)
        {
            if (moved.Contains((consumer.Name, move.Partition)))
                feed.SetStored(consumer.Ordinal, move.To);
        }

        if (moved.Count < moves.Count)
        {
            var others = moves.Keys.Where(feed => !moved.Contains((consumer.Name, feed.Partition)));
            await TakeOverStoredAsync(consumer, others, generation, cancellationToken);
        }

        return moved.Count;
    }

    /// <summary>Another silo moved them, or an update whose answer was lost did: go on from what the table says.</summary>
    private async Task TakeOverStoredAsync(Consumer consumer, IEnumerable<PartitionFeed> feeds, short generation, CancellationToken cancellationToken)
    {
        var others = feeds.ToDictionary(feed => feed.Partition);
        var stored = await _read.ExecuteAsync(consumer.Name, generation, [.. others.Keys], cancellationToken);
        foreach (var (partition, seq) in stored)
            others[partition].SetStored(consumer.Ordinal, seq);
    }
}
