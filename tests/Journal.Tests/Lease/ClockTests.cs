using AwoooP.Journal.Membership;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Lease;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Server = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _local = new();

    [Fact]
    public void Lease_OnceItRanOutByTheMonotonicClock_IsInvalid()
    {
        var lease = new LeaseGuard(_local);
        lease.IsValid.ShouldBeFalse();

        lease.Join(new Incarnation(1, 1), _local.GetTimestamp(), TimeSpan.FromSeconds(4));
        _local.Advance(TimeSpan.FromSeconds(4) - TimeSpan.FromTicks(1));
        lease.IsValid.ShouldBeTrue();
        _local.Advance(TimeSpan.FromTicks(1));
        lease.IsValid.ShouldBeFalse();
    }

    [Fact]
    public void Lease_Renewed_RunsFromBeforeTheRenewalWasSent()
    {
        var lease = new LeaseGuard(_local);
        var sentAt = _local.GetTimestamp();
        _local.Advance(TimeSpan.FromSeconds(3));

        lease.Extend(sentAt, TimeSpan.FromSeconds(4));

        _local.Advance(TimeSpan.FromSeconds(1));
        lease.IsValid.ShouldBeFalse();
    }

    [Fact]
    public void DurableClock_AfterAReading_FollowsTheServer()
    {
        var clock = new DurableClock(_local);
        clock.GetUtcNow().ShouldBe(_local.GetUtcNow());

        clock.Follow(Server, _local.GetTimestamp(), _local.GetTimestamp());
        _local.Advance(TimeSpan.FromSeconds(5));

        clock.GetUtcNow().ShouldBe(Server.AddSeconds(5));
    }

    [Fact]
    public void DurableClock_ServerBehind_StandsStillAndNeverStepsBack()
    {
        var clock = new DurableClock(_local);
        clock.Follow(Server, _local.GetTimestamp(), _local.GetTimestamp());
        clock.GetUtcNow().ShouldBe(Server);

        clock.Follow(Server.AddSeconds(-10), _local.GetTimestamp(), _local.GetTimestamp());
        clock.GetUtcNow().ShouldBe(Server);
        _local.Advance(TimeSpan.FromSeconds(9));
        clock.GetUtcNow().ShouldBe(Server);
        _local.Advance(TimeSpan.FromSeconds(2));
        clock.GetUtcNow().ShouldBe(Server.AddSeconds(1));
    }
}
