using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AwoooP.Alerts;

/// <summary>
/// How often an alert occurred in the last 35 days, in a bounded number of buckets: of a minute for the last hour,
/// of an hour for the last day, of a day before that. A count may so take in up to one bucket more than its window.
/// </summary>
/// <param name="Buckets">By time; each at its first occurrence.</param>
internal sealed record OccurrenceHistory(ImmutableArray<OccurrenceBucket> Buckets, DateTimeOffset? LastAt)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(35);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static OccurrenceHistory Empty { get; } = new([], null);

    /// <summary>Adds one occurrence. One that is older than the newest known counts at the newest's time, so that buckets stay in order.</summary>
    public OccurrenceHistory Add(DateTimeOffset at)
    {
        var time = LastAt is { } last && last > at ? last : at;
        var kept = ImmutableArray.CreateBuilder<OccurrenceBucket>(Buckets.Length + 1);
        foreach (var bucket in Buckets)
        {
            if (bucket.At > time - Kept)
                Join(kept, bucket, time);
        }

        Join(kept, new OccurrenceBucket(time, 1), time);
        return new OccurrenceHistory(kept.ToImmutable(), time);
    }

    public AlertFrequency At(DateTimeOffset now)
    {
        var total = Buckets.Sum(bucket => bucket.Count);
        double? interval = total > 1 && LastAt is { } last ? (last - Buckets[0].At).TotalSeconds / (total - 1) : null;
        return new AlertFrequency(Count(now, Hour), Count(now, Day), Count(now, TimeSpan.FromDays(7)), Count(now, TimeSpan.FromDays(30)), interval);
    }

    private int Count(DateTimeOffset now, TimeSpan window)
    {
        var count = 0;
        foreach (var bucket in Buckets)
        {
            var width = WidthOf(bucket.At, now);
            if (Floor(bucket.At, width) + width > now - window)
                count += bucket.Count;
        }

        return count;
    }

    private static void Join(ImmutableArray<OccurrenceBucket>.Builder kept, OccurrenceBucket bucket, DateTimeOffset now)
    {
        var width = WidthOf(bucket.At, now);
        if (kept.Count > 0 && Floor(kept[^1].At, width) == Floor(bucket.At, width))
            kept[^1] = kept[^1] with { Count = kept[^1].Count + bucket.Count };
        else
            kept.Add(bucket);
    }

    private static TimeSpan WidthOf(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        var age when age <= Hour + Minute => Minute,
        var age when age <= Day + Hour => Hour,
        _ => Day,
    };

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan width) => new(at.UtcTicks - (at.UtcTicks % width.Ticks), TimeSpan.Zero);
}

internal sealed record OccurrenceBucket([property: JsonPropertyName("t")] DateTimeOffset At, [property: JsonPropertyName("n")] int Count);
