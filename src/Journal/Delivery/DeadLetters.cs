using System.Collections.Concurrent;
using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AwoooP.Journal.Delivery;

/// <summary>Retries run where the partition is delivered, between its live events; elsewhere they are asked for in the table.</summary>
internal sealed partial class DeadLetters(EventHub hub, ConsumerSet consumers, JournalConnections connections, ILogger<DeadLetters> logger) : IDeadLetters
{
    private readonly ListDeadLetters _list = new(connections.Engine);
    private readonly FindHeldPlace _find = new(connections.Engine);
    private readonly RequestRetry _request = new(connections.Engine);
    private readonly FindRequestedRetries _findRequested = new(connections.Engine);
    private readonly EndRequest _endRequest = new(connections.Engine);
    private readonly ConcurrentDictionary<Guid, byte> _running = new();

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(string? projectId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        try
        {
            return await _list.ExecuteAsync(projectId, id: null, limit, cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            throw Unavailable(fault);
        }
    }

    public async Task<DeadLetter?> FindAsync(string projectId, Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return (await _list.ExecuteAsync(projectId, id, 1, cancellationToken)).SingleOrDefault();
        }
        catch (NpgsqlException fault)
        {
            throw Unavailable(fault);
        }
    }

    public Task<RetryOutcome> RetryAsync(Guid id, CancellationToken cancellationToken) => RunAsync(id, discard: false, cancellationToken);

    public Task<RetryOutcome> DiscardAsync(Guid id, CancellationToken cancellationToken) => RunAsync(id, discard: true, cancellationToken);

    /// <summary>
    /// Begins what was asked for in the table, by a person at another silo. Not waited for: a retry runs when its turn comes, which a
    /// receiver that is away may put off for long.
    /// </summary>
    public async Task BeginRequestedAsync(short[] partitions, CancellationToken cancellationToken)
    {
        foreach (var id in await _findRequested.ExecuteAsync(partitions, [.. _running.Keys], cancellationToken))
        {
            if (_running.TryAdd(id, 0))
                _ = RunRequestedAsync(id, cancellationToken);
        }
    }

    /// <summary>The request stands until the retry has an outcome, so that one that meets an outage or a crash is run again.</summary>
    private async Task RunRequestedAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            if ((await RunAsync(id, discard: false, cancellationToken)).Status != RetryStatus.Requested)
                await _endRequest.ExecuteAsync(id, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: it stands in the table, for whoever delivers the partition next.
        }
        catch (Exception fault)
        {
            LogFailed(id, Fault.Describe(fault));
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    private async Task<RetryOutcome> RunAsync(Guid id, bool discard, CancellationToken cancellationToken)
    {
        try
        {
            if (await _find.ExecuteAsync(id, cancellationToken) is not { } place)
                return new RetryOutcome(RetryStatus.NotFound);

            var feed = hub.Find(place.Partition);
            var consumer = consumers.Find(place.Consumer);
            // A rebuild may have applied the event since it was found: it was not given up then.
            if ((discard || feed is null || consumer is null) && !await _request.ExecuteAsync(id, discard, cancellationToken))
                return new RetryOutcome(RetryStatus.NotFound);
            if (feed is null || consumer is null)
                return new RetryOutcome(RetryStatus.Requested);

            var outcome = await consumer.RetryAsync(feed, place.Target, cancellationToken);
            if (outcome.Status == RetryStatus.Requested)
                await _request.ExecuteAsync(id, discard, cancellationToken);

            // Nothing but the discarded event stood there.
            return discard && outcome.Status == RetryStatus.NotFound ? new RetryOutcome(RetryStatus.Delivered) : outcome;
        }
        catch (NpgsqlException fault)
        {
            throw Unavailable(fault);
        }
    }

    private static JournalUnavailableException Unavailable(Exception fault) => new("The dead letters cannot be reached.", fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The retry of dead letter {Id} that another silo asked for failed ({Fault}) and is run again")]
    private partial void LogFailed(Guid id, string fault);
}
