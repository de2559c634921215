using System.Globalization;
using AwoooP.Time;

namespace AwoooP.Budgets;

/// <summary>Days and months as the people of the platform's zone count them. Pure.</summary>
internal static class BudgetCalendar
{
    private const string WholeKey = "whole";

    /// <summary>The period that a time falls into.</summary>
    /// <returns>Its name, and when it ends, with the offset of the zone.</returns>
    public static (string Key, DateTimeOffset EndsAt) At(BudgetPeriod period, DateTimeOffset now, PlatformZone zone)
    {
        var today = DateOnly.FromDateTime(zone.Local(now).DateTime);
        return period switch
        {
            BudgetPeriod.Day => (today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Midnight(today.AddDays(1), zone)),
            BudgetPeriod.Month => (today.ToString("yyyy-MM", CultureInfo.InvariantCulture), Midnight(new DateOnly(today.Year, today.Month, 1).AddMonths(1), zone)),
            BudgetPeriod.Whole => (WholeKey, DateTimeOffset.MaxValue),
            _ => throw new ArgumentOutOfRangeException(nameof(period), period, "Not a period."),
        };
    }

    // Where clocks skip midnight, it is counted by the offset of before: the very moment at which they are put forward.
    private static DateTimeOffset Midnight(DateOnly day, PlatformZone zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.Zone.GetUtcOffset(local));
    }
}
