using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Storage;
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

    private static readonly TimeSpan LapsedLook = TimeSpan.FromSeconds(1);

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
    private readonly WakeAlarm _alarm;
    private readonly WakeAttempts _attempts = new();
    private long _fired;
    private long _retries;
    private int _inFlight;

    public WakePump(
        IWakeTarget target, IPartitionOwnership ownership, IDurableClock clock, EventHub hub, JournalConnections connections,
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
        _alarm = new WakeAlarm(clock, options.SweepInterval, time);
        _hub.WakeSet += OnWakeSet;
        _ownership.Changed += OnOwnershipChanged;
    }

    public WakeStatus Status => new(Interlocked.Read(ref _fired), Interlocked.Read(ref _retries), Volatile.Read(ref _inFlight), _alarm.Next);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await FireDueAsync(cancellationToken);
                failures = 0;
            }
            catch (Exception fault) when (!fault.IsStop(cancellationToken))
            {
                LogReadFailed(++failures, Fault.Describe(fault));
                await Task.Delay(BackOff.After(failures, _options), _time, cancellationToken);
                continue;
            }

            await _alarm.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _hub.WakeSet -= OnWakeSet;
        _ownership.Changed -= OnOwnershipChanged;
        _workers.Dispose();
    }

    private void OnWakeSet(short partition, DateTimeOffset dueAt) => _alarm.Set(dueAt);

    private void OnOwnershipChanged() => _alarm.Set(DateTimeOffset.MinValue);

    private async Task FireDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Before anything is read: a change of ownership, or a commit that sets an earlier one, is noted from here on.
            _alarm.Clear();
            short[] owned = [.. _ownership.Owned];
            var now = _clock.Now;
            if (owned.Length == 0)
            {
                // A lease that has lapsed may be renewed, and then nobody tells of partitions that stayed this silo's.
                _alarm.Set(now + LapsedLook);
                return;
            }

            var limit = Page + _attempts.Count;
            var (due, next) = await _read.ExecuteAsync(owned, now, limit, cancellationToken);
            foreach (var wake in due)
            {
                if (!_attempts.TryBegin(wake, now))
                    continue;
                await _workers.WaitAsync(cancellationToken);
                Interlocked.Increment(ref _inFlight);
                _ = FireAsync(wake, cancellationToken);
            }

            if (next is { } found)
                _alarm.Set(found);
            if (due.Count < limit)
            {
                _attempts.Settle(due).ForEach(_alarm.Set);
                return;
            }
        }
    }

    private async Task FireAsync(DueWake wake, CancellationToken cancellationToken)
    {
        try
        {
            // A receiver that answers at once must not run on the pump.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await BoundedCall.RunAsync(
                static (call, token) => call.Target.WakeAsync(call.Wake.Key.Id, call.Wake.Key.Name, call.Wake.DueAt, token),
                (Target: _target, Wake: wake), _options.CallTimeout, _time, cancellationToken);
            Interlocked.Increment(ref _fired);
            if (wake.Period is { } period)
            {
                var next = WakeChange.NextDue(wake.DueAt, period, _clock.Now);
                await _advance.ExecuteAsync(wake, next, cancellationToken);
                _alarm.Set(next);
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
            var failures = _attempts.FailuresOf(wake.Key) + 1;
            LogFailed(wake.Key.Id.Type, wake.Key.Name, failures, Fault.Describe(fault));
            End(wake, failures);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            _workers.Release();
        }
    }

    /// <summary>If it still stands after a while, it fires again.</summary>
    private void End(DueWake wake, int failures)
    {
        var notBefore = _clock.Now + BackOff.After(failures, _options);
        _attempts.End(wake, failures, notBefore);
        _alarm.Set(notBefore);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Wake-up {Name} of a {GrainType} failed {Failures} times ({Fault}) and fires again")]
    private partial void LogFailed(string grainType, string name, int failures, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Due wake-ups could not be read, {Failures} times in a row ({Fault})")]
    private partial void LogReadFailed(int failures, string fault);
}
