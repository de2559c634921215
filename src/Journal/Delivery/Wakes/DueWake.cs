namespace AwoooP.Journal.Delivery.Wakes;

internal readonly record struct WakeKey(AggregateId Id, string Name);

internal readonly record struct DueWake(WakeKey Key, DateTimeOffset DueAt, TimeSpan? Period);
