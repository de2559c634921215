using AwoooP.Journal.Membership;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Lease;

public sealed class ServerClockWatchTests
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(40);

    private readonly FakeClock _local = new();
    private readonly ServerClockWatch _watch;
    private DateTimeOffset _server = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public ServerClockWatchTests() => _watch = new ServerClockWatch(Tolerance, _local);

    [Fact]
    public void HasRunAhead_OfAServerThatIsReadSlowlyAndFast_IsFalse()
    {
        foreach (var (before, after) in new[] { (1, 1), (400, 3), (0, 900), (0, 0), (700, 0), (2, 1) })
        {
            Look(before, after).ShouldBeFalse();
            Pass(1000);
        }
    }

    [Fact]
    public void HasRunAhead_OnceTheServersClockWasPutForward_IsTrueOnce()
    {
        Look(5, 5);
        Pass(1000);
        _server += TimeSpan.FromSeconds(2);

        Look(5, 5).ShouldBeTrue();
        Pass(1000);
        Look(5, 5).ShouldBeFalse();
    }

    [Fact]
    public void HasRunAhead_OnceTheServersClockWasPutBack_IsFalseAndItsNextStepForwardIsSeen()
    {
        Look(5, 5);
        _server -= TimeSpan.FromSeconds(2);
        Look(5, 5).ShouldBeFalse();

        _server += TimeSpan.FromSeconds(2);

        Look(5, 5).ShouldBeTrue();
    }

    [Fact]
    public void HasRunAhead_OfClocksThatDriftApartByLittle_IsFalse()
    {
        for (var second = 0; second < 3600; second++)
        {
            Look(1, 1).ShouldBeFalse();
            Pass(1000);
            _server += TimeSpan.FromMilliseconds(0.5);
        }
    }

    [Fact]
    public void HasRunAhead_OfAClockThatIsSlewedForward_IsTrueBeforeALeaseIsMuchTooShort()
    {
        Look(1, 1);
        var gained = TimeSpan.Zero;
        do
        {
            Pass(1000);
            _server += TimeSpan.FromMilliseconds(20);
            gained += TimeSpan.FromMilliseconds(20);
        }
        while (!Look(1, 1));

        gained.ShouldBeLessThan(TimeSpan.FromMilliseconds(100));
    }

    private void Pass(double milliseconds)
    {
        _local.Advance(TimeSpan.FromMilliseconds(milliseconds));
        _server += TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>A look whose question and whose answer are on the way for so many milliseconds.</summary>
    private bool Look(double before, double after)
    {
        var sentAt = _local.GetTimestamp();
        Pass(before);
        var read = _server;
        Pass(after);
        return _watch.HasRunAhead(read, sentAt, _local.GetTimestamp());
    }
}
