using System.Threading.Channels;
using AwoooP.Journal.Delivery.Feed;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery.Wakes;

/// <summary>
/// Fires the due wake-ups of the owned partitions, by durable time. It sleeps until the next one that it knows of; a commit that sets
/// an earlier one, a change of ownership and now and then the sweep interval end the sleep.
/// </summary>
internal sealed partial class WakePump : IDisposable
{
    private const int Page = 500;

    /// <summary>A one-shot that its handler left standing comes again no sooner than after about this many doublings of the first back-off.</summary>
    private const int UnclearedFailures = 6;

    private readonly Lock _gate = new();
    private readonly Dictionary<WakeKey, Attempt> _attempts = [];
    private readonly Channel<byte> _signal = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly IWakeTarget _target;
    private readonly IPartitionOwnership _ownership;
    private readonly IDurableClock _clock;
    private readonly EventHub _hub;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<WakePump> _logger;
    private readonly ReadDueWakes _read;
    private readonly AdvanceWake _advance;
    private readonly SemaphoreSlim _workers;
    private DateTimeOffset? _next;
    private long _fired;
    private long _retries;
    private int _inFlight;

    public WakePump(
        IWakeTarget target, IPartitionOwnership ownership, IDurableClock clock, EventHub hub, DeliveryConnections connections,
        DeliveryOptions options, TimeProvider time, ILogger<WakePump> logger)
    {
        _target = target;
        _ownership = ownership;
        _clock = clock;
        _hub = hub;
        _options = options;
        _time = time;
        _logger = logger;
        _read = new ReadDueWakes(connections.Engine);
        _advance = new AdvanceWake(connections.Engine);
        _workers = new SemaphoreSlim(options.WakeConcurrency);
        _hub.WakeSet += OnWakeSet;
        _ownership.Changed += OnOwnershipChanged;
    }

    public WakeStatus Status
    {
        get
        {
            lock (_gate)
                return new WakeStatus(Interlocked.Read(ref _fired), Interlocked.Read(ref _retries), Volatile.Read(ref _inFlight), _next);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await FireDueAsync(cancellationToken).ConfigureAwait(false);
                failures = 0;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogReadFailed(++failures, Fault.Describe(fault));
                await Task.Delay(BackOff.After(failures, _options), _time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await WaitForNextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _hub.WakeSet -= OnWakeSet;
        _ownership.Changed -= OnOwnershipChanged;
        _workers.Dispose();
    }

    private void OnWakeSet(short partition, DateTimeOffset dueAt) => Look(dueAt);

    private void OnOwnershipChanged() => Look(DateTimeOffset.MinValue);

    /// <summary>Looks at the table at this time, or sooner.</summary>
    private void Look(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_next is { } next && at >= next)
                return;
            _next = at;
        }

        _signal.Writer.TryWrite(0);
    }

    private async Task FireDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            short[] owned = [.. _ownership.Owned];
            int limit;
            lock (_gate)
            {
                // Before the read: a commit during it that sets an earlier one is noted.
                _next = null;
                limit = Page + _attempts.Count;
            }

            if (owned.Length == 0)
                return;
            var now = _clock.Now;
            var (due, next) = await _read.ExecuteAsync(owned, now, limit, cancellationToken).ConfigureAwait(false);
            foreach (var wake in due)
            {
                if (!TryBegin(wake, now))
                    continue;
                await _workers.WaitAsync(cancellationToken).ConfigureAwait(false);
                Interlocked.Increment(ref _inFlight);
                _ = FireAsync(wake, cancellationToken);
            }

            if (next is { } found)
                Look(found);
            if (due.Count < limit)
            {
                Settle(due);
                return;
            }
        }
    }

    /// <summary>Forgets what is not due any more, which a commit has handled, and looks again at what backs off.</summary>
    private void Settle(List<DueWake> due)
    {
        var standing = due.Select(wake => wake.Key).ToHashSet();
        lock (_gate)
        {
            foreach (var (key, attempt) in _attempts.ToList())
            {
                if (attempt.IsRunning)
                    continue;
                if (standing.Contains(key))
                    Look(attempt.NotBefore);
                else
                    _attempts.Remove(key);
            }
        }
    }

    private bool TryBegin(DueWake wake, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_attempts.TryGetValue(wake.Key, out var attempt) && (attempt.IsRunning || attempt.DueAt == wake.DueAt && attempt.NotBefore > now))
                return false;
            var failures = attempt?.DueAt == wake.DueAt ? attempt.Failures : 0;
            _attempts[wake.Key] = new Attempt(wake.DueAt, failures, now, IsRunning: true);
            return true;
        }
    }

    private async Task FireAsync(DueWake wake, CancellationToken cancellationToken)
    {
        try
        {
            // A receiver that answers at once must not run on the pump.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await CallAsync(wake, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _fired);
            if (wake.Period is not null)
            {
                var next = wake.NextAfter(_clock.Now);
                await _advance.ExecuteAsync(wake, next, cancellationToken).ConfigureAwait(false);
                Look(next);
            }

            End(wake, UnclearedFailures);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: it stands in the table and fires again at the next start.
        }
        catch (Exception fault)
        {
            Interlocked.Increment(ref _retries);
            int failures;
            lock (_gate)
                failures = _attempts[wake.Key].Failures + 1;
            LogFailed(wake.Key.Id.Type, wake.Key.Name, failures, Fault.Describe(fault));
            End(wake, failures);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            _workers.Release();
        }
    }

    private async Task CallAsync(DueWake wake, CancellationToken cancellationToken)
    {
        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await _target.WakeAsync(wake.Key.Id, wake.Key.Name, wake.DueAt, call.Token).AsTask()
                .WaitAsync(_options.CallTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await call.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>If it still stands after a while, it fires again.</summary>
    private void End(DueWake wake, int failures)
    {
        var notBefore = _clock.Now + BackOff.After(failures, _options);
        lock (_gate)
            _attempts[wake.Key] = new Attempt(wake.DueAt, failures, notBefore, IsRunning: false);
        Look(notBefore);
    }

    private async Task WaitForNextAsync(CancellationToken cancellationToken)
    {
        using var sweep = new CancellationTokenSource(_options.SweepInterval, _time);
        while (!sweep.IsCancellationRequested)
        {
            DateTimeOffset? next;
            lock (_gate)
                next = _next;
            var wait = next - _clock.Now ?? Timeout.InfiniteTimeSpan;
            if (next is not null && wait <= TimeSpan.Zero)
                return;

            using var timer = CancellationTokenSource.CreateLinkedTokenSource(sweep.Token, cancellationToken);
            using var due = new CancellationTokenSource(next is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Min(wait.Ticks, _options.SweepInterval.Ticks)), _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, due.Token);
            try
            {
                await _signal.Reader.ReadAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // A time has come: the loop tells which.
            }
        }
    }

    private sealed record Attempt(DateTimeOffset DueAt, int Failures, DateTimeOffset NotBefore, bool IsRunning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Wake-up {Name} of a {GrainType} failed {Failures} times ({Fault}) and fires again")]
    private partial void LogFailed(string grainType, string name, int failures, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Due wake-ups could not be read, {Failures} times in a row ({Fault})")]
    private partial void LogReadFailed(int failures, string fault);
}
