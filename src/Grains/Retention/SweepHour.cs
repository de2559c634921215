using AwoooP.Time;

namespace AwoooP.Retention;

/// <summary>When sweeps are due: daily at 03:30 in the platform's zone.</summary>
internal static class SweepHour
{
    private static readonly TimeSpan OfDay = new(3, 30, 0);

    /// <summary>The first time after <paramref name="now"/>.</summary>
    public static DateTimeOffset After(DateTimeOffset now, PlatformZone zone)
    {
        var local = zone.Local(now).DateTime;
        for (var day = local.Date; ; day = day.AddDays(1))
        {
            var due = day + OfDay;
            // The night in which the clock is put forward may have no such time; its day is then swept half an hour later or so.
            while (zone.Zone.IsInvalidTime(due))
                due = due.AddMinutes(30);
            var at = new DateTimeOffset(due, zone.Zone.GetUtcOffset(due)).ToUniversalTime();
            if (at > now)
                return at;
        }
    }
}
