using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Storage;

namespace AwoooP.Journal.Delivery;

/// <summary>Asks the feed where the partition is delivered here, and the table where another silo delivers it.</summary>
internal sealed class PositionWaiter(
    EventHub hub, ConsumerSet consumers, JournalConnections connections, TimeProvider time) : IPositionWaiter
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(200);

    private readonly FindUnpassed _find = new(connections.Engine);
    private readonly string[] _names = [.. consumers.Projections.SelectMany(consumer => consumer.EventTypes.Select(_ => consumer.Name))];
    private readonly string[] _types = [.. consumers.Projections.SelectMany(consumer => consumer.EventTypes)];

    public async ValueTask<bool> WaitAsync(Position position, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_types.Length == 0)
            return true;

        // A place in a layout that is no more tells nothing.
        if (position.Generation != PartitionMap.Generation)
            return false;

        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            for (var poll = FirstPoll; ; poll = poll < LongestPoll ? poll * 2 : LongestPoll)
            {
                if (hub.Find(position.Partition) is { } feed)
                {
                    if (await feed.WaitAsync(position.Seq, consumers.ProjectionOrdinals, either.Token))
                        return true;
                }
                else if (!await _find.ExecuteAsync(_names, _types, position, either.Token))
                {
                    return true;
                }

                await Task.Delay(poll, time, either.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception fault) when (SqlFaults.IsOutage(fault))
        {
            throw new JournalUnavailableException("The positions of projections cannot be read.", fault);
        }
    }
}
