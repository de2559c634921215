namespace AwoooP.Journal.Membership;

/// <summary>
/// PostgreSQL's clock, followed by offset: what events, wake-ups and expiry are measured by, the same for every silo.
/// It never steps back: when the server turns out to be behind, it stands still until the server has caught up.
/// Timers and timestamps are those of the process.
/// </summary>
public sealed class DurableClock(TimeProvider local) : TimeProvider, IDurableClock
{
    private long _latest;
    private Reading? _reading;

    public override TimeZoneInfo LocalTimeZone => local.LocalTimeZone;

    public override long TimestampFrequency => local.TimestampFrequency;

    /// <summary>True once the server's clock has been read; before that the process's own clock stands in.</summary>
    public bool IsFollowing => Volatile.Read(ref _reading) is not null;

    public DateTimeOffset Now => GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        var now = Volatile.Read(ref _reading) is { } reading
            ? reading.ServerTicks + local.GetElapsedTime(reading.Timestamp).Ticks
            : local.GetUtcNow().Ticks;

        var latest = Volatile.Read(ref _latest);
        while (now > latest)
        {
            var seen = Interlocked.CompareExchange(ref _latest, now, latest);
            if (seen == latest)
                return new DateTimeOffset(now, TimeSpan.Zero);
            latest = seen;
        }

        return new DateTimeOffset(latest, TimeSpan.Zero);
    }

    public override long GetTimestamp() => local.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        local.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes a reading of the server's clock that was asked for and answered at two local timestamps; the middle is taken for its moment.</summary>
    internal void Follow(DateTimeOffset server, long sentAt, long answeredAt) =>
        Volatile.Write(ref _reading, new Reading(server.UtcTicks, sentAt + ((answeredAt - sentAt) / 2)));

    private sealed record Reading(long ServerTicks, long Timestamp);
}
