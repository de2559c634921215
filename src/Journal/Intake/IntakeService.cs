using System.Diagnostics.Metrics;
using System.Threading.Channels;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake.Sql;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Intake;

/// <summary>Takes in and works off what belongs to the partitions that this silo owns, for as long as it owns them.</summary>
internal sealed partial class IntakeService(
    IntakeLog log, IntakePump pump, IPartitionOwnership ownership, DeliveryConnections connections, IDurableClock clock,
    IOptions<IntakeOptions> options, TimeProvider time, IMeterFactory meters, ILogger<IntakeService> logger) : BackgroundService, IIntakeStatus
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly IntakeOptions _options = options.Value;
    private readonly TakeIntakePartitions _take = new(connections.Engine);
    private readonly ReadIntake _read = new(connections.Engine);
    private readonly StoreIntakeCursors _store = new(connections.Engine);
    private readonly TruncateIntakeSlot _truncate = new(connections.Engine);
    private readonly Dictionary<short, IntakePartition> _partitions = [];

    private readonly Channel<byte> _ownershipChanged =
        Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

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
        ownership.Changed += OnOwnershipChanged;
        try
        {
            await Task.WhenAll(
                [.. log.Lanes.Select(lane => lane.RunAsync(stoppingToken)), FollowOwnershipAsync(stoppingToken), StoreAsync(stoppingToken), TruncateAsync(stoppingToken)])
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            ownership.Changed -= OnOwnershipChanged;
            using var limit = new CancellationTokenSource(StopLimit, time);
            await TryAsync("positions", () => StorePositionsAsync(limit.Token), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void OnOwnershipChanged()
    {
        var owned = ownership.Owned;
        foreach (var partition in log.Partitions)
        {
            if (!owned.Contains(partition.Partition))
                partition.IsStopped = true;
        }

        _ownershipChanged.Writer.TryWrite(0);
    }

    private async Task FollowOwnershipAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            try
            {
                await MatchOwnershipAsync(cancellationToken).ConfigureAwait(false);
                failures = 0;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFailed("ownership", Fault.Describe(fault));
                await Task.Delay(BackOff.After(++failures, _options.FirstBackOff, _options.MaxBackOff), time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await _ownershipChanged.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task MatchOwnershipAsync(CancellationToken cancellationToken)
    {
        var owned = ownership.Owned;
        foreach (var (number, partition) in _partitions.ToList())
        {
            if (owned.Contains(number) && !partition.IsStopped)
                continue;
            partition.IsStopped = true;
            _partitions.Remove(number);
            foreach (var stream in partition.Streams)
                stream.Stop();
        }

        short[] taken = [.. owned.Where(partition => !_partitions.ContainsKey(partition))];
        if (taken.Length > 0)
        {
            var table = await _take.ExecuteAsync(taken, [.. pump.Kinds], cancellationToken).ConfigureAwait(false);
            foreach (var head in table.Heads)
                Begin(head, table.Streams[head.Partition], cancellationToken);
        }

        log.Use([.. _partitions.Values]);
    }

    private void Begin(TakenHead head, IEnumerable<TakenStream> streams, CancellationToken cancellationToken)
    {
        var found = streams.ToList();
        log.Lag.Add(found.Sum(stream => stream.Items));
        var partition = new IntakePartition(
            head.Partition, head.Epoch, head.Head, head.LastReceived,
            found.Select(stream => new IntakeStream(stream.Partition, stream.Kind, stream.Position, head.Head, stream.Items, log.Lag, _read, _options)));
        _partitions.Add(head.Partition, partition);
        foreach (var stream in partition.Streams)
            _ = RunStreamAsync(partition, stream, cancellationToken);
    }

    private async Task RunStreamAsync(IntakePartition partition, IntakeStream stream, CancellationToken cancellationToken)
    {
        try
        {
            await pump.RunAsync(partition, stream, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping, or the partition was lost: what is left stands in the table.
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.CursorInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            // A lease that ran out is told by the clock, and by nobody's call.
            if (!ownership.Owned.SetEquals(log.Partitions.Where(partition => !partition.IsStopped).Select(partition => partition.Partition)))
                OnOwnershipChanged();
            await TryAsync("positions", () => StorePositionsAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task StorePositionsAsync(CancellationToken cancellationToken)
    {
        var moves = log.Partitions.SelectMany(partition => partition.Streams)
            .Select(stream => (Stream: stream, Seq: stream.Done)).Where(move => move.Seq > move.Stream.Stored).ToList();
        if (moves.Count == 0)
            return;
        await _store.ExecuteAsync(moves, (short)ownership.Generation, cancellationToken).ConfigureAwait(false);
        foreach (var (stream, seq) in moves)
            stream.Stored = seq;
    }

    private async Task TruncateAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.SlotLength / 5, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ownership.Owned.Count == 0)
                continue;
            foreach (var slot in IntakeSlots.Resting(clock.Now, _options.SlotLength))
                await TryAsync("old records", () => _truncate.ExecuteAsync(slot, _options.SlotLength, [.. pump.Kinds], cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(string what, Func<Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(what, Fault.Describe(fault));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Intake could not do its {What} ({Fault}) and tries again")]
    private partial void LogFailed(string what, string fault);
}
