using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Sql;
using Npgsql;

namespace AwoooP.Journal.Delivery;

/// <summary>Retries run where the partition is delivered, between its live events; elsewhere they are asked for in the table.</summary>
internal sealed class DeadLetters(EventHub hub, ConsumerSet consumers, DeliveryConnections connections) : IDeadLetters
{
    private readonly DeadLetterQueries _queries = new(connections.Engine);

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(string? projectId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        try
        {
            return await _queries.ListAsync(projectId, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException fault)
        {
            throw Unavailable(fault);
        }
    }

    public Task<RetryOutcome> RetryAsync(Guid id, CancellationToken cancellationToken) => RunAsync(id, discard: false, cancellationToken);

    public Task<RetryOutcome> DiscardAsync(Guid id, CancellationToken cancellationToken) => RunAsync(id, discard: true, cancellationToken);

    /// <summary>Does what was asked for in the table, by a person at another silo.</summary>
    public async Task RunRequestedAsync(short[] partitions, CancellationToken cancellationToken)
    {
        foreach (var id in await _queries.ReadRequestedAsync(partitions, cancellationToken).ConfigureAwait(false))
        {
            await _queries.AnswerAsync(id, cancellationToken).ConfigureAwait(false);
            await RunAsync(id, discard: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RetryOutcome> RunAsync(Guid id, bool discard, CancellationToken cancellationToken)
    {
        try
        {
            if (await _queries.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } place)
                return new RetryOutcome(RetryStatus.NotFound);

            var feed = hub.Find(place.Partition);
            var consumer = consumers.Find(place.Consumer);
            if (discard || feed is null || consumer is null)
                await _queries.RequestAsync(id, discard, cancellationToken).ConfigureAwait(false);
            if (feed is null || consumer is null)
                return new RetryOutcome(RetryStatus.Requested);

            var outcome = await consumer.RetryAsync(feed, place.Target, cancellationToken).ConfigureAwait(false);
            if (outcome.Status == RetryStatus.Requested)
                await _queries.RequestAsync(id, discard, cancellationToken).ConfigureAwait(false);

            // Nothing but the discarded event stood there.
            return discard && outcome.Status == RetryStatus.NotFound ? new RetryOutcome(RetryStatus.Delivered) : outcome;
        }
        catch (NpgsqlException fault)
        {
            throw Unavailable(fault);
        }
    }

    private static JournalUnavailableException Unavailable(Exception fault) => new("The dead letters cannot be reached.", fault);
}
