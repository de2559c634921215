using AwoooP.Client.Projects;
using AwoooP.Projects;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Projects;

public sealed class ProjectUseTests
{
    private static readonly ProjectQuotas Quotas = new() { AlertsPerMinute = 100, EventStreams = 1 };

    private readonly FakeClock _clock = new();
    private readonly ProjectUse _use;

    public ProjectUseTests() => _use = new ProjectUse("shop", _clock);

    [Fact]
    public void Alerts_UpToTheBound_AreTakenAndOneMoreIsNot()
    {
        _use.TakeAlerts(Quotas, 60).ShouldBeNull();
        _use.TakeAlerts(Quotas, 40).ShouldBeNull();

        var refusal = _use.TakeAlerts(Quotas, 1)!;

        (refusal.Status, refusal.Code).ShouldBe((429, "quota_exceeded"));
        refusal.Quota.ShouldBe(new("alerts_per_minute", 100, 100));
        refusal.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        _clock.Advance(refusal.RetryAfter.Value);
        _use.TakeAlerts(Quotas, 100).ShouldBeNull();
    }

    [Fact]
    public void Alerts_OfABatchThatDoesNotFit_AreNotCounted()
    {
        _use.TakeAlerts(Quotas, 60).ShouldBeNull();
        _use.TakeAlerts(Quotas, 41)!.Quota!.Use.ShouldBe(60);
        _use.TakeAlerts(Quotas, 40).ShouldBeNull();
    }

    [Fact]
    public void Alerts_GivenBack_MakeRoomInTheirMinuteOnly()
    {
        _use.TakeAlerts(Quotas, 100).ShouldBeNull();
        _use.ReturnAlerts(Quotas, 30);
        _use.TakeAlerts(Quotas, 30).ShouldBeNull();

        _clock.Advance(TimeSpan.FromMinutes(1));
        _use.ReturnAlerts(Quotas, 30);
        _use.TakeAlerts(Quotas, 101).ShouldNotBeNull();
        _use.TakeAlerts(Quotas, 100).ShouldBeNull();
    }

    [Fact]
    public void Alerts_WithoutAQuota_AreNotCounted()
    {
        _use.TakeAlerts(new ProjectQuotas(), int.MaxValue).ShouldBeNull();
        _use.ReturnAlerts(new ProjectQuotas(), int.MaxValue);
        _use.TakeAlerts(Quotas, 100).ShouldBeNull();
        _use.TakeAlerts(Quotas, 1).ShouldNotBeNull();
    }

    [Fact]
    public void Alerts_TakenByManyAtOnce_NeverPassTheBound()
    {
        var taken = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (_use.TakeAlerts(Quotas, 3) is null)
                Interlocked.Add(ref taken, 3);
        });

        taken.ShouldBe(99);
    }

    [Fact]
    public void Streams_OverTheBound_AreRefusedUntilOneEnds()
    {
        _use.BeginStream(Quotas).ShouldBeNull();
        _use.BeginStream(Quotas)!.Quota.ShouldBe(new("event_streams", 1, 1));

        _use.EndStream();
        _use.BeginStream(Quotas).ShouldBeNull();
    }
}
