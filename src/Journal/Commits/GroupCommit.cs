using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Commits;

/// <summary>
/// The commits of many aggregates share transactions. One lane works while the load is small; over a backlog a second one
/// takes half of the partitions. A commit that comes alone is written at once.
/// </summary>
internal sealed partial class GroupCommit : IAsyncDisposable
{
    /// <summary>How long a lane waits for the writers it has just answered, who mostly come back with their next commit.</summary>
    private static readonly TimeSpan GatherTime = TimeSpan.FromMicroseconds(250);

    /// <summary>How often it looks in vain before it goes on without them.</summary>
    private const int MaxVainLooks = 16;

    private readonly JournalOptions _options;
    private readonly CommitQueue _queue;
    private readonly CommitLane[] _lanes;
    private readonly bool[] _running = new bool[CommitQueue.Halves];
    private readonly bool[] _settling = new bool[CommitQueue.Halves];
    private readonly TaskCompletionSource?[] _settled = new TaskCompletionSource?[CommitQueue.Halves];
    private readonly DoubtfulBatches _doubtful;
    private readonly OwnedPartitions _owned;
    private readonly JournalHealth _health;
    private readonly TimeProvider _clock;
    private readonly ILogger<GroupCommit> _logger;
    private readonly Lock _schedule = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _stopping;

    public GroupCommit(
        IOptions<JournalOptions> options, CommitQueue queue, IEnumerable<CommitLane> lanes, DoubtfulBatches doubtful, OwnedPartitions owned,
        JournalHealth health, TimeProvider clock, ILogger<GroupCommit> logger)
    {
        _options = options.Value;
        _queue = queue;
        _lanes = [.. lanes];
        _owned = owned;
        _health = health;
        _clock = clock;
        _logger = logger;
        _doubtful = doubtful;
        health.Changed += OnHealthChanged;
    }

    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken) =>
        CommitTraces.HasListeners ? TracedAsync(commit, cancellationToken) : QueueAsync(commit, cancellationToken);

    /// <summary>
    /// Has a lane look what became of the batches in doubt, as it does before the next batch. Only while commits succeed: each look that waits for
    /// a standby in vain keeps a session at the server until that is back.
    /// </summary>
    public void SettleDoubts()
    {
        if (_health.IsReady && _doubtful.Any)
            StartFirstLane();
    }

    /// <summary>
    /// Completes once every batch that was begun before the call is settled; what of them is in doubt is told to the doubtful batches by then.
    /// Partitions that were closed before the call are written no more after it.
    /// </summary>
    public Task WhenSettledAsync()
    {
        lock (_schedule)
        {
            var open = new List<Task>(CommitQueue.Halves);
            for (var lane = 0; lane < CommitQueue.Halves; lane++)
            {
                if (_settling[lane])
                    open.Add((_settled[lane] ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task);
            }

            return Task.WhenAll(open);
        }
    }

    /// <summary>Writes what waits, takes nothing more, and returns when every commit is settled.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_schedule)
        {
            if (_stopping)
                return;

            _stopping = true;
            if (!_running[0] && !_running[1])
                _idle.TrySetResult();
        }

        _health.Changed -= OnHealthChanged;
        await _idle.Task;
        foreach (var lane in _lanes)
            await lane.DisposeAsync();
    }

    private async ValueTask<CommitOutcome> TracedAsync(Commit commit, CancellationToken cancellationToken)
    {
        using var span = CommitTraces.StartCommit(commit);
        var outcome = await QueueAsync(commit, cancellationToken);
        CommitTraces.SetOutcome(span, outcome);
        return outcome;
    }

    private ValueTask<CommitOutcome> QueueAsync(Commit commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (CommitRules.Refuse(commit) is { } code)
            return new(new CommitOutcome(CommitStatus.Refused, Code: code));

        var partition = PartitionMap.Of(commit.Id);
        if (_owned.TenureOf(partition) is not { } writer)
        {
            // A lease that ran out because the server is away is an outage, and not another's doing.
            var outage = _health.State is JournalState.Unavailable or JournalState.ReadOnly or JournalState.Starting;
            return new(new CommitOutcome(outage ? CommitStatus.Unavailable : CommitStatus.Fenced));
        }

        // The log keeps microseconds; whoever is told of the event meanwhile sees the same moment.
        var surplus = commit.At.Ticks % TimeSpan.TicksPerMicrosecond;
        if (surplus != 0)
            commit = commit with { At = commit.At.AddTicks(-surplus) };

        var bytes = commit.State.Length;
        for (var index = 0; index < commit.Events.Count; index++)
            bytes += commit.Events[index].Data.Length;
        var pending = new PendingCommit(commit, partition, writer, bytes, _clock.GetTimestamp());
        if (_stopping || !_queue.TryAdd(pending))
            return new(new CommitOutcome(_stopping ? CommitStatus.Fenced : CommitStatus.Overloaded));

        StartFirstLane();
        return cancellationToken.CanBeCanceled ? AwaitAsync(pending, cancellationToken) : new(pending.Outcome);
    }

    private static async ValueTask<CommitOutcome> AwaitAsync(PendingCommit pending, CancellationToken cancellationToken)
    {
        await using var withdrawing = cancellationToken.UnsafeRegister(
            static (state, token) => ((PendingCommit)state!).TryWithdraw(token), pending);
        return await pending.Outcome;
    }

    /// <summary>Delivery waits to hear what became of a doubtful batch, even when no other commit comes.</summary>
    private void OnHealthChanged(JournalState state) => SettleDoubts();

    private void StartFirstLane()
    {
        lock (_schedule)
        {
            if (!_running[0] && (!_stopping || _queue.Count > 0))
                Start(0);
        }
    }

    /// <summary>Under the schedule's lock; the lane works on another thread.</summary>
    private void Start(int lane)
    {
        _running[lane] = true;
        ThreadPool.UnsafeQueueUserWorkItem(static start => _ = start.Self.RunAsync(start.Lane), (Self: this, Lane: lane), preferLocal: false);
    }

    private async Task RunAsync(int lane)
    {
        var batch = new List<PendingCommit>();
        while (true)
        {
            try
            {
                if (_doubtful.Any)
                    await _lanes[lane].ResolveDoubtsAsync();
                if (!TakeBatch(lane, batch))
                    return;

                await _lanes[lane].SettleAsync(batch);
            }
            catch (Exception error)
            {
                // A bug must not leave callers waiting for ever; what was not settled may have been written.
                LogLaneFailed(error, lane);
                try
                {
                    // Before they are told: who is told reads again, and must find it in doubt.
                    await _lanes[lane].AbandonAsync();
                }
                finally
                {
                    foreach (var pending in batch)
                        pending.Settle(new CommitOutcome(CommitStatus.Unknown));
                }
            }

            var settled = batch.Count;
            batch.Clear();
            if (settled > 1)
                await GatherAsync(lane, settled);
        }
    }

    /// <summary>
    /// False when there is nothing for this lane, which then stands still. The first lane also serves the other half of the
    /// partitions while the second one stands still, and starts that one when the backlog is large.
    /// </summary>
    private bool TakeBatch(int lane, List<PendingCommit> batch)
    {
        lock (_schedule)
        {
            // Whoever comes for the next batch has settled the one before.
            _settling[lane] = false;
            _settled[lane]?.TrySetResult();
            _settled[lane] = null;

            if (lane == 0)
            {
                var both = !_running[1];
                if (both && _lanes.Length > 1 && _queue.Count >= _options.SecondLaneBacklog)
                {
                    both = false;
                    Start(1);
                }

                _queue.Take(first: true, second: both, _options.MaxBatchCommits, _options.MaxBatchBytes, batch);
            }
            else if (_queue.CountOf(1) >= _options.SecondLaneBacklog / 4)
            {
                _queue.Take(first: false, second: true, _options.MaxBatchCommits, _options.MaxBatchBytes, batch);
            }

            if (batch.Count > 0)
                return _settling[lane] = true;

            // The second lane leaves a small rest to the first. So does what is in doubt, where a renewal has come while this one still ran.
            _running[lane] = false;
            if (!_running[0] && (_queue.Count > 0 || (_health.IsReady && _doubtful.Any)))
                Start(0);

            if (_stopping && !_running[0] && !_running[1])
                _idle.TrySetResult();
            return false;
        }
    }

    /// <summary>Lets the writers that were just answered come back, so that batches stay as large as the number of writers.</summary>
    private async Task GatherAsync(int lane, int settled)
    {
        var until = _clock.GetTimestamp() + _clock.TimestampTicks(GatherTime);
        var (seen, unchanged) = (0, 0);
        while (seen < settled && unchanged < MaxVainLooks && _clock.GetTimestamp() < until)
        {
            await Task.Yield();
            var waiting = _queue.CountOf(lane);
            unchanged = waiting == seen ? unchanged + 1 : 0;
            seen = waiting;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Committer lane {Lane} failed; its commits are answered as unknown")]
    private partial void LogLaneFailed(Exception error, int lane);
}
