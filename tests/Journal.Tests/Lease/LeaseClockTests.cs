using AwoooP.Journal.Membership;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Lease;

public sealed class LeaseClockTests
{
    [Fact]
    public void For_AnotherTimeThanTheSystems_IsThatTime()
    {
        var time = new FakeClock();

        LeaseClock.For(time).ShouldBeSameAs(time);
        new LeaseGuard(time).Clock.ShouldBeSameAs(time);
    }

    [Fact]
    public void For_TheSystemsTimeOnLinux_IsAClockOfItsOwn() =>
        (LeaseClock.For(TimeProvider.System) is LeaseClock).ShouldBe(OperatingSystem.IsLinux());

    [Fact]
    public void GetTimestamp_WhileTheMachineIsAwake_GoesAsFastAsTheMonotonicClock()
    {
        var clock = LeaseClock.For(TimeProvider.System);
        var (outerBegin, begin) = (TimeProvider.System.GetTimestamp(), clock.GetTimestamp());
        var innerBegin = TimeProvider.System.GetTimestamp();

        var innerEnd = innerBegin;
        while (TimeProvider.System.GetElapsedTime(innerBegin, innerEnd) < TimeSpan.FromMilliseconds(50))
            innerEnd = TimeProvider.System.GetTimestamp();

        var (end, outerEnd) = (clock.GetTimestamp(), TimeProvider.System.GetTimestamp());
        var passed = clock.GetElapsedTime(begin, end);
        passed.ShouldBeGreaterThanOrEqualTo(TimeProvider.System.GetElapsedTime(innerBegin, innerEnd));
        passed.ShouldBeLessThanOrEqualTo(TimeProvider.System.GetElapsedTime(outerBegin, outerEnd));
    }
}
