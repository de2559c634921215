using AwoooP.Journal.Delivery.Feed;
using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>Stores the positions of one consumer that moved in memory only.</summary>
internal sealed class FlushCursors(NpgsqlDataSource engine)
{
    /// <summary>
    /// Answers the feeds whose position is not what was known of it: another silo moved it, or an update whose answer was lost did.
    /// </summary>
    public async Task<List<PartitionFeed>> ExecuteAsync(
        Consumer consumer, IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken)
    {
        var moves = new Dictionary<PartitionFeed, CursorMove>();
        foreach (var feed in feeds)
        {
            if (feed.GetMove(consumer.Ordinal, skipAtLeast) is { } move)
                moves.Add(feed, move);
        }

        if (moves.Count == 0)
            return [];

        HashSet<(string, short)> moved;
        await using (var connection = await engine.OpenConnectionAsync(cancellationToken))
            moved = await MoveCursors.ExecuteAsync(connection, [.. moves.Values], (short)moves.Keys.First().Generation, cancellationToken);

        var others = new List<PartitionFeed>();
        foreach (var (feed, move) in moves)
        {
            if (moved.Contains((consumer.Name, move.Partition)))
                feed.SetStored(consumer.Ordinal, move.To);
            else
                others.Add(feed);
        }

        return others;
    }
}
