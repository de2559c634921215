using System.Globalization;
using AwoooP.Budgets;
using AwoooP.Time;

namespace AwoooP.Grains.Tests.Budgets;

public sealed class BudgetCalendarTests
{
    /// <summary>Three hours behind, and from 4 November, when midnight is skipped, until 17 February two.</summary>
    private static readonly PlatformZone Summer = new(TimeZoneInfo.CreateCustomTimeZone(
        "Test/Summer",
        TimeSpan.FromHours(-3),
        "Test/Summer",
        "Test/Summer",
        "Test/Summer",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date,
                DateTime.MaxValue.Date,
                TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(DateTime.MinValue, 11, 4),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(DateTime.MinValue, 2, 17)),
        ]));

    [Theory]
    [InlineData(BudgetPeriod.Day, "2026-01-15T15:59:59.999999Z", "2026-01-15", "2026-01-16T00:00:00+08:00")]
    [InlineData(BudgetPeriod.Day, "2026-01-15T16:00:00Z", "2026-01-16", "2026-01-17T00:00:00+08:00")]
    [InlineData(BudgetPeriod.Month, "2026-01-31T15:59:59.999999Z", "2026-01", "2026-02-01T00:00:00+08:00")]
    [InlineData(BudgetPeriod.Month, "2026-12-31T16:00:00Z", "2027-01", "2027-02-01T00:00:00+08:00")]
    public void Period_OfATime_IsThatOfThePlatformsZone(BudgetPeriod period, string time, string key, string endsAt)
    {
        var at = BudgetCalendar.At(period, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), PlatformZone.Default);

        at.Key.ShouldBe(key);
        at.EndsAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture).ShouldBe(endsAt);
    }

    [Theory]
    [InlineData(BudgetPeriod.Day)]
    [InlineData(BudgetPeriod.Month)]
    public void Periods_OfAYearWithSummerTime_FollowEachOtherWithoutGaps(BudgetPeriod period)
    {
        var keys = new HashSet<string>();
        var time = new DateTimeOffset(2026, 10, 1, 3, 0, 0, TimeSpan.Zero);
        while (time < new DateTimeOffset(2027, 3, 15, 0, 0, 0, TimeSpan.Zero))
        {
            var (key, endsAt) = BudgetCalendar.At(period, time, Summer);
            keys.Add(key).ShouldBeTrue(key);
            endsAt.ShouldBeGreaterThan(time);
            BudgetCalendar.At(period, endsAt.AddTicks(-1), Summer).Key.ShouldBe(key);
            time = endsAt;
        }

        keys.Count.ShouldBe(period == BudgetPeriod.Day ? 165 : 6);
    }

    /// <summary>In Havana clocks are put back from 1:00 to 0:00 as November begins: October ends at the first of the two midnights.</summary>
    [Theory]
    [InlineData("2026-11-01T03:59:59.999999Z", "2026-10")]
    [InlineData("2026-11-01T04:00:00Z", "2026-11")]
    [InlineData("2026-11-01T05:00:00Z", "2026-11")]
    public void Month_ThatEndsWithAMidnightThatComesTwice_EndsWithTheFirst(string time, string key)
    {
        var at = BudgetCalendar.At(BudgetPeriod.Month, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), PlatformZone.Of("America/Havana"));

        at.Key.ShouldBe(key);
        at.EndsAt.ShouldBe(key == "2026-10" ? new DateTimeOffset(2026, 11, 1, 4, 0, 0, TimeSpan.Zero) : new DateTimeOffset(2026, 12, 1, 5, 0, 0, TimeSpan.Zero));
    }
}
