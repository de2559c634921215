using System.Diagnostics.Metrics;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Intake.Sql;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Intake;

/// <summary>Takes in and works off what belongs to the partitions that this silo owns, for as long as it owns them.</summary>
internal sealed partial class IntakeService(
    IntakeLog log, IntakePump pump, IPartitionOwnership ownership, JournalConnections connections, IDurableClock clock,
    IOptions<IntakeOptions> options, TimeProvider time, IMeterFactory meters, ILogger<IntakeService> logger) : BackgroundService, IIntakeStatus, IPartitionWork
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly IntakeOptions _options = options.Value;
    private readonly TakeIntakePartitions _take = new(connections.Engine, ownership);
    private readonly ReadIntake _read = new(connections.Engine);
    private readonly StoreIntakeCursors _store = new(connections.Engine);
    private readonly TruncateIntakeSlot _truncate = new(connections.Engine);
    private readonly Dictionary<short, IntakePartition> _partitions = [];

    public IntakeBacklog Read()
    {
        var streams = log.Partitions.SelectMany(partition => partition.Streams).ToList();
        return new IntakeBacklog(
            log.Lag.Items,
            streams.Where(stream => stream.LagItems > 0).Min(stream => stream.OldestReceivedAt),
            log.Lanes.Sum(lane => lane.Queued),
            log.Accepted,
            log.Overloaded,
            pump.Consumed,
            pump.Retries,
            pump.Rejected,
            streams.Select(stream => stream.Failures).DefaultIfEmpty().Max());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var metrics = new IntakeMetrics(meters, this, clock);
        var follower = new OwnershipFollower(ownership, this, _options.FirstBackOff, _options.MaxBackOff, time);
        try
        {
            await Task.WhenAll(
            [
                .. log.Lanes.Select(lane => lane.RunAsync(stoppingToken)),
                follower.RunAsync(stoppingToken),
                StoreAsync(follower, stoppingToken),
                TruncateAsync(stoppingToken),
            ]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            using var limit = new CancellationTokenSource(StopLimit, time);
            await TryAsync("positions", () => StorePositionsAsync(limit.Token), CancellationToken.None);
        }
    }

    IEnumerable<short> IPartitionWork.Partitions => log.Partitions.Where(static partition => !partition.IsStopped).Select(static partition => partition.Partition);

    void IPartitionWork.StopOthersThan(IReadOnlySet<short> owned)
    {
        foreach (var partition in log.Partitions)
        {
            if (!owned.Contains(partition.Partition))
                partition.Stop();
        }
    }

    async Task IPartitionWork.MatchAsync(IReadOnlySet<short> owned, CancellationToken cancellationToken)
    {
        foreach (var (number, partition) in _partitions.ToList())
        {
            if (owned.Contains(number) && !partition.IsStopped)
                continue;
            _partitions.Remove(number);
            await partition.EndAsync();
        }

        short[] taken = [.. owned.Where(partition => !_partitions.ContainsKey(partition))];
        if (taken.Length > 0)
        {
            var table = await _take.ExecuteAsync(taken, [.. pump.Kinds], cancellationToken);
            foreach (var head in table.Heads)
                Begin(head, table.Streams[head.Partition], cancellationToken);
        }

        log.Use([.. _partitions.Values]);
    }

    void IPartitionWork.MatchFailed(int failures, Exception fault) => LogFailed("ownership", Fault.Describe(fault));

    private void Begin(TakenHead head, IEnumerable<TakenStream> streams, CancellationToken cancellationToken)
    {
        var partition = new IntakePartition(head, streams.Select(stream => new IntakeStream(stream, head.Head, log.Lag, _read, _options)));
        _partitions.Add(head.Partition, partition);
        foreach (var stream in partition.Streams)
            _ = RunStreamAsync(partition, stream, cancellationToken);
    }

    private async Task RunStreamAsync(IntakePartition partition, IntakeStream stream, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(partition.Ending, cancellationToken);
        try
        {
            await pump.RunAsync(partition, stream, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Stopping, or the partition was lost: what is left stands in the table.
        }
    }

    private async Task StoreAsync(OwnershipFollower follower, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.CursorInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            follower.Look();
            await TryAsync("positions", () => StorePositionsAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task StorePositionsAsync(CancellationToken cancellationToken)
    {
        var moves = log.Partitions.SelectMany(partition => partition.Streams)
            .Select(stream => (Stream: stream, Seq: stream.Done)).Where(move => move.Seq > move.Stream.Stored).ToList();
        if (moves.Count == 0)
            return;
        await _store.ExecuteAsync(moves, (short)ownership.Generation, cancellationToken);
        foreach (var (stream, seq) in moves)
            stream.Stored = seq;
    }

    private async Task TruncateAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.SlotLength / 5, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (ownership.Owned.Count == 0)
                continue;
            foreach (var slot in IntakeSlots.Resting(clock.Now, _options.SlotLength))
                await TryAsync("old records", () => _truncate.ExecuteAsync(slot, _options.SlotLength, [.. pump.Kinds], cancellationToken), cancellationToken);
        }
    }

    private async Task TryAsync(string what, Func<Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run();
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            LogFailed(what, Fault.Describe(fault));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Intake could not do its {What} ({Fault}) and tries again")]
    private partial void LogFailed(string what, string fault);
}
