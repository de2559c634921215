namespace AwoooP.Journal.Delivery.Wakes;

internal readonly record struct WakeKey(AggregateId Id, string Name);

internal readonly record struct DueWake(WakeKey Key, DateTimeOffset DueAt, TimeSpan? Period)
{
    /// <summary>The first multiple of the period that lies after now: what was missed fires once.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset now)
    {
        var period = Period!.Value;
        var missed = now < DueAt ? 0 : (now - DueAt).Ticks / period.Ticks;
        return DueAt + (period * (missed + 1));
    }
}
