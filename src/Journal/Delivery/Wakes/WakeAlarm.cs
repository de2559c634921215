namespace AwoooP.Journal.Delivery.Wakes;

/// <summary>When the wake-ups are to be looked at next, by durable time. An earlier time replaces a later one.</summary>
/// <param name="longest">How long nobody need look when no time is known.</param>
internal sealed class WakeAlarm(IDurableClock clock, TimeSpan longest, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Signal _changed = new();
    private DateTimeOffset? _next;

    public DateTimeOffset? Next
    {
        get
        {
            lock (_gate)
                return _next;
        }
    }

    /// <summary>At this time, or sooner.</summary>
    public void Set(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_next is { } next && at >= next)
                return;
            _next = at;
        }

        _changed.Set();
    }

    public void Clear()
    {
        lock (_gate)
            _next = null;
    }

    /// <summary>Returns when the time has come, or after the longest time.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var sweep = new CancellationTokenSource(longest, time);
        while (!sweep.IsCancellationRequested)
        {
            var next = Next;
            var wait = next - clock.Now ?? Timeout.InfiniteTimeSpan;
            if (next is not null && wait <= TimeSpan.Zero)
                return;

            using var due = new CancellationTokenSource(next is null || wait < longest ? wait : longest, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(sweep.Token, due.Token, cancellationToken);
            try
            {
                await _changed.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // A time has come: the loop tells which.
            }
        }
    }
}
