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
        _use.TakeAlerts(Quotas, 60, out _).ShouldBeNull();
        _use.TakeAlerts(Quotas, 40, out _).ShouldBeNull();

        var refusal = _use.TakeAlerts(Quotas, 1, out _)!;

        (refusal.Status, refusal.Code).ShouldBe((429, "quota_exceeded"));
        refusal.Quota.ShouldBe(new("alerts_per_minute", 100, 100));
        refusal.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        _clock.Advance(refusal.RetryAfter.Value);
        _use.TakeAlerts(Quotas, 100, out _).ShouldBeNull();
    }

    [Fact]
    public void Alerts_OfABatchThatDoesNotFit_AreNotCounted()
    {
        _use.TakeAlerts(Quotas, 60, out _).ShouldBeNull();
        _use.TakeAlerts(Quotas, 41, out _)!.Quota!.Use.ShouldBe(60);
        _use.TakeAlerts(Quotas, 40, out _).ShouldBeNull();
    }

    [Fact]
    public void Alerts_GivenBack_MakeRoomInTheMinuteThatTheyWereTakenIn()
    {
        _use.TakeAlerts(Quotas, 70, out _).ShouldBeNull();
        _use.TakeAlerts(Quotas, 30, out var taken).ShouldBeNull();
        _use.ReturnAlerts(taken);
        _use.TakeAlerts(Quotas, 30, out taken).ShouldBeNull();

        _clock.Advance(TimeSpan.FromMinutes(1));
        _use.TakeAlerts(Quotas, 100, out _).ShouldBeNull();
        _use.ReturnAlerts(taken);
        _use.TakeAlerts(Quotas, 1, out _).ShouldNotBeNull();
    }

    /// <summary>A quota that comes while they are written must not begin below zero.</summary>
    [Fact]
    public void Alerts_TakenWithoutAQuota_AreNotGivenBackToOneThatCameMeanwhile()
    {
        _use.TakeAlerts(new ProjectQuotas(), int.MaxValue, out var taken).ShouldBeNull();
        _use.ReturnAlerts(taken);
        _use.TakeAlerts(Quotas, 100, out _).ShouldBeNull();
        _use.TakeAlerts(Quotas, 1, out _).ShouldNotBeNull();
    }

    [Fact]
    public void Alerts_TakenByManyAtOnce_NeverPassTheBound()
    {
        var taken = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (_use.TakeAlerts(Quotas, 3, out TakenAlerts _) is null)
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
