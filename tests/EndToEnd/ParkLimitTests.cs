using AwoooP.Silo;

namespace AwoooP.EndToEnd;

/// <summary>A call outwaits the take-over of a killed silo, however long its lease was.</summary>
public sealed class ParkLimitTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(4, 8)]
    [InlineData(10, 20)]
    [InlineData(13, 26)]
    [InlineData(14, 27)]
    [InlineData(300, 27)]
    public void ParkLimit_OfALease_IsTwiceOfItWithinWhatACallerWaits(int lease, int expected) =>
        new SiloOptions { Lease = TimeSpan.FromSeconds(lease) }.ParkLimitOf(TimeSpan.FromSeconds(30)).ShouldBe(TimeSpan.FromSeconds(expected));
}
