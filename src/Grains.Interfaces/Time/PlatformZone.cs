using System.Globalization;

namespace AwoooP.Time;

/// <summary>The one time zone that people see: ids carry its date, and the API writes its offset.</summary>
public sealed class PlatformZone(TimeZoneInfo zone)
{
    public const string DefaultId = "Asia/Taipei";

    public TimeZoneInfo Zone { get; } = zone;

    public static PlatformZone Default { get; } = Of(DefaultId);

    /// <param name="id">An IANA zone id.</param>
    /// <exception cref="TimeZoneNotFoundException">Neither this machine's zone database nor this class knows the id.</exception>
    public static PlatformZone Of(string id)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            return new PlatformZone(zone);

        // A machine without a zone database still runs with the default: Taipei has had no daylight saving since 1979.
        return id == DefaultId
            ? new PlatformZone(TimeZoneInfo.CreateCustomTimeZone(DefaultId, TimeSpan.FromHours(8), DefaultId, DefaultId))
            : throw new TimeZoneNotFoundException($"There is no time zone '{id}' on this machine.");
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>
    /// The first instant whose local date is that day: the earlier of two midnights where clocks are put back to it, the moment at which they are put
    /// forward where they skip it. A day that the zone has left out is empty, and begins with the next.
    /// </summary>
    /// <returns>With the offset of the zone.</returns>
    public DateTimeOffset StartOf(DateOnly day)
    {
        // Only instants are told in local time, never the other way round: that direction has one answer. Zones are within 14 hours of UTC.
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var (before, begun) = (midnight.AddDays(-1), midnight.AddDays(1));

        // By the clock of the day before. Where it is right, nothing earlier has the date, not even if clocks are then put back into the day before.
        var expected = midnight - Local(before).Offset;
        if (DateOf(expected) >= day)
            begun = expected;

        // Clocks are changed at whole seconds.
        while (begun - before > TimeSpan.FromSeconds(1))
        {
            var between = before.AddSeconds(Math.Floor((begun - before).TotalSeconds / 2));
            if (DateOf(between) >= day)
                begun = between;
            else
                before = between;
        }

        return Local(begun);
    }

    /// <summary>
    /// The day that an instant belongs to, so that each day is one span, from its <see cref="StartOf"/> to the next one's. It is the local date, but where
    /// clocks are put back across a midnight that has struck: the day that had begun then goes on.
    /// </summary>
    public DateOnly DayOf(DateTimeOffset at)
    {
        var date = DateOf(at);
        return StartOf(date.AddDays(1)) <= at ? date.AddDays(1) : date;
    }

    /// <summary>The date in this zone as <c>YYYYMMDD</c>.</summary>
    public string DateStamp(DateTimeOffset at) => Local(at).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);
}
