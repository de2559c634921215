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
        var today = zone.DayOf(now);
        return period switch
        {
            BudgetPeriod.Day => (today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), zone.StartOf(today.AddDays(1))),
            BudgetPeriod.Month => (today.ToString("yyyy-MM", CultureInfo.InvariantCulture), zone.StartOf(new DateOnly(today.Year, today.Month, 1).AddMonths(1))),
            BudgetPeriod.Whole => (WholeKey, DateTimeOffset.MaxValue),
            _ => throw new ArgumentOutOfRangeException(nameof(period), period, "Not a period."),
        };
    }
}
