using AwoooP.Client.Api;
using AwoooP.Time;

namespace AwoooP.Api.Tests.Budgets;

public sealed class SpendSpanTests
{
    /// <summary>In Havana clocks are put back from 1:00 to 0:00 as November begins: the hour that comes twice is of November both times, as the accounts have it.</summary>
    [Theory]
    [InlineData("2026-11-01T04:30:00Z")]
    [InlineData("2026-11-01T05:30:00Z")]
    public void Span_OfAMonthWhoseMidnightComesTwice_BeginsWithTheFirst(string now)
    {
        var span = SpendSpan.Of(null, null, PlatformZone.Of("America/Havana"), DateTimeOffset.Parse(now, null));

        span.Since.ShouldBe(new DateTimeOffset(2026, 11, 1, 4, 0, 0, TimeSpan.Zero));
        span.Until.ShouldBe(new DateTimeOffset(2026, 11, 2, 5, 0, 0, TimeSpan.Zero));
        span.Since.Offset.ShouldBe(TimeSpan.Zero, "the database takes times in UTC");
    }
}
