using AwoooP.Retention;
using AwoooP.Time;

namespace AwoooP.Grains.Tests.Retention;

public sealed class SweepHourTests
{
    [Theory]
    [InlineData("2026-01-15T08:00:00Z", "2026-01-15T19:30:00Z")]
    [InlineData("2026-01-15T19:29:59Z", "2026-01-15T19:30:00Z")]
    [InlineData("2026-01-15T19:30:00Z", "2026-01-16T19:30:00Z")]
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01T19:30:00Z")]
    public void After_InTaipei_IsHalfPastThreeThere(string now, string due) => Next(now, PlatformZone.Default).ShouldBe(At(due));

    /// <summary>A zone whose clock is put from 03:00 to 04:00 in the night of 29 March 2026, and back in October.</summary>
    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T02:00:00Z")]
    [InlineData("2026-03-29T12:00:00Z", "2026-03-30T01:30:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T02:30:00Z")]
    public void After_WhereTheClockIsPutForward_IsOnceADay(string now, string due)
    {
        var begins = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 3, 29);
        var ends = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 25);
        var summer = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), begins, ends);
        var zone = new PlatformZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test", "test", [summer]));

        Next(now, zone).ShouldBe(At(due));
    }

    private static DateTimeOffset Next(string now, PlatformZone zone) => SweepHour.After(At(now), zone);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null);
}
