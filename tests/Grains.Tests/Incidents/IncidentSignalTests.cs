using AwoooP.Aggregates;
using AwoooP.Alerts;
using AwoooP.Incidents;

namespace AwoooP.Grains.Tests.Incidents;

/// <summary>What a signal does to an incident that is over, by when it was received.</summary>
public sealed class IncidentSignalTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddMinutes(20);
    private static readonly Dictionary<string, string> Labels = new() { ["alertname"] = "WebDown", ["service"] = "web" };
    private static readonly AlertIdentity Identity = AlertIdentity.From(Labels);

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void GivenResolvedByAPerson_WhenASignalFromBeforeComesLate_ThenItCountsAndReopensNothing(int minutes)
    {
        var signal = IncidentDecider.AddSignal(ResolvedByAPerson(), Signal(End.AddMinutes(minutes)));

        signal.Events.ShouldHaveSingleItem().ShouldBeOfType<IncidentSignalAdded>().HitCount.ShouldBe(2);
        var after = Apply(ResolvedByAPerson(), signal, End);
        after.Status.ShouldBe(IncidentStatus.Resolved);
        after.HitCount.ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void GivenResolvedByAPerson_WhenItFiresAgainInTime_ThenReopened(int minutes) =>
        IncidentDecider.AddSignal(ResolvedByAPerson(), Signal(End.AddMinutes(minutes))).Events.ShouldHaveSingleItem().ShouldBeOfType<IncidentReopened>();

    [Fact]
    public void GivenResolvedByAPerson_WhenItFiresAgainTooLate_ThenRefused() =>
        IncidentDecider.AddSignal(ResolvedByAPerson(), Signal(End.AddMinutes(31))).Refusal!.Code.ShouldBe("reopen_window_over");

    /// <summary>The quiet was heard of late, so the firing that followed it seems older than the resolution.</summary>
    [Fact]
    public void GivenResolvedByALateQuiet_WhenTheFiringThatFollowedTheQuietComes_ThenReopened()
    {
        var opened = Opened();
        var resolved = Apply(opened, IncidentDecider.ClearAlert(opened, new ClearAlert(Identity.Fingerprint), "platform", End), End);

        IncidentDecider.AddSignal(resolved, Signal(End.AddMinutes(-1))).Events.ShouldHaveSingleItem().ShouldBeOfType<IncidentReopened>();
    }

    private static Incident Opened() =>
        Apply(Incident.Initial, IncidentDecider.Open(Incident.Initial, "INC-20260301-ABCDEF", new OpenIncident(
            Identity, new AlertClassification(Severity.P1, "web", NotificationTypes.NeedsApproval), MemberAt(Start), 1, new AlertFrequency(1, 1, 1, 1, null))), Start);

    private static Incident ResolvedByAPerson() => Apply(Opened(), IncidentDecider.Resolve(Opened(), new ResolveIncident(null), "ann", End), End);

    private static AddSignal Signal(DateTimeOffset receivedAt) => new(MemberAt(receivedAt), 2);

    private static AlertMember MemberAt(DateTimeOffset at) =>
        new(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string>(), at, at.AddMinutes(5), at, null, AlertBatch.AlertmanagerApi);

    private static Incident Apply(Incident state, Decision<IncidentEvent> decision, DateTimeOffset at) =>
        decision.Events.Aggregate(state, (current, raised) => current.Apply(raised, at));
}
