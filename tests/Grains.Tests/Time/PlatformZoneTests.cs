using System.Globalization;
using AwoooP.Time;

namespace AwoooP.Grains.Tests.Time;

/// <summary>When days begin, in zones whose clocks are changed around midnight.</summary>
public sealed class PlatformZoneTests
{
    private static readonly DateOnly First = new(2020, 1, 1);
    private static readonly DateOnly End = new(2031, 1, 1);

    [Theory]
    [InlineData("Asia/Taipei", "2026-01-15", "2026-01-15T00:00:00+08:00")]
    // Put back from 1:00 to 0:00: midnight strikes twice, and the first begins the day.
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00")]
    [InlineData("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00+00:00")]
    // Put back at 0:00 to 23:00: the day before has an hour more.
    [InlineData("Asia/Beirut", "2026-10-25", "2026-10-25T00:00:00+02:00")]
    // Put forward at 0:00 to 1:00: there is no midnight.
    [InlineData("America/Havana", "2026-03-08", "2026-03-08T01:00:00-04:00")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T01:00:00-03:00")]
    // Samoa went over the date line and had no such day.
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00")]
    public void StartOf_ADay_IsItsFirstInstant(string zone, string day, string start) =>
        PlatformZone.Of(zone).StartOf(DateOnly.Parse(day, CultureInfo.InvariantCulture))
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)
            .ShouldBe(start);

    [Fact]
    public void Days_OfEveryZoneOfTheSystem_BeginAtTheirFirstInstantAndFollowEachOther()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones();
        zones.Count.ShouldBeGreaterThan(300, "this machine has a zone database");

        zones.SelectMany(static zone => FaultsOf(new PlatformZone(zone))).Take(10).ShouldBeEmpty();
    }

    /// <summary>At one minute past midnight of 2 November, clocks are put back by an hour: the day has begun, and its date is gone again.</summary>
    [Fact]
    public void Day_WhoseMidnightStruckBeforeClocksWerePutBack_GoesOn()
    {
        var zone = new PlatformZone(TimeZoneInfo.CreateCustomTimeZone("Test/Back", TimeSpan.Zero, "Test/Back", "Test/Back", "Test/Back",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date,
                DateTime.MaxValue.Date,
                TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 10),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 0, 1, 0), 11, 2)),
        ]));
        var (first, second) = (new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 2));
        var struck = new DateTimeOffset(2026, 11, 1, 23, 0, 0, TimeSpan.Zero);

        zone.StartOf(second).ShouldBe(struck);
        zone.DayOf(struck.AddTicks(-1)).ShouldBe(first);
        zone.DayOf(struck).ShouldBe(second);
        zone.Local(struck.AddMinutes(30)).Day.ShouldBe(1);
        zone.DayOf(struck.AddMinutes(30)).ShouldBe(second);
        zone.StartOf(second.AddDays(1)).ShouldBe(new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero));
    }

    private static IEnumerable<string> FaultsOf(PlatformZone zone)
    {
        var start = zone.StartOf(First);
        for (var day = First; day < End; day = day.AddDays(1))
        {
            var next = zone.StartOf(day.AddDays(1));
            if (start != FirstInstantOf(day, zone, out var clocksAreChanged))
                yield return FormattableString.Invariant($"{zone.Zone.Id} {day:O} begins at {start:O}");
            if (start.Offset != zone.Zone.GetUtcOffset(start))
                yield return FormattableString.Invariant($"{zone.Zone.Id} {day:O} begins with another offset: {start:O}");
            if (next - start < TimeSpan.FromHours(20) || next - start > TimeSpan.FromHours(28))
                yield return FormattableString.Invariant($"{zone.Zone.Id} {day:O} is {next - start} long");
            if (clocksAreChanged && (zone.DayOf(start) != day || zone.DayOf(next.AddTicks(-1)) != day))
                yield return FormattableString.Invariant($"{zone.Zone.Id} {day:O} is not all of its day");
            start = next;
        }
    }

    /// <summary>Found by trying one instant after the other: since 2020, clocks are at quarters of an hour when a day begins.</summary>
    private static DateTimeOffset FirstInstantOf(DateOnly day, PlatformZone zone, out bool clocksAreChanged)
    {
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var offset = zone.Zone.GetUtcOffset(midnight.AddHours(-30));
        clocksAreChanged = offset != zone.Zone.GetUtcOffset(midnight.AddHours(30));
        if (!clocksAreChanged)
            return midnight - offset;

        var at = midnight.AddHours(-30);
        while (zone.Local(at).Date < day.ToDateTime(TimeOnly.MinValue))
            at = at.AddMinutes(15);
        return at;
    }
}
