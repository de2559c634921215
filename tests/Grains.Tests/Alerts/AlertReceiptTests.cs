using AwoooP.Alerts;

namespace AwoooP.Grains.Tests.Alerts;

public sealed class AlertReceiptTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyDictionary<string, string> Labels = new Dictionary<string, string> { ["alertname"] = "DiskFull", ["instance"] = "db1" };

    [Fact]
    public void GivenFiring_WhenSentAgainWithoutAStart_ThenNoNewOccurrenceAndTheStartStays()
    {
        var state = Receive(AlertState.Initial, minute: 0, startAssumed: true);

        state = Receive(state, minute: 1, startAssumed: true);

        state.HitCount.ShouldBe(1);
        var member = state.Members.Values.ShouldHaveSingleItem();
        member.StartsAt.ShouldBe(Start);
        member.EndsAt.ShouldBe(Start.AddMinutes(6), "a re-send moves the end");
    }

    [Fact]
    public void GivenFiring_WhenSentAgainWithALaterStart_ThenANewOccurrence() =>
        Receive(Receive(AlertState.Initial, minute: 0), minute: 1).HitCount.ShouldBe(2);

    [Fact]
    public void GivenEnded_WhenSentAgainWithoutAStart_ThenANewOccurrence()
    {
        var state = Receive(AlertState.Initial, minute: 0, startAssumed: true);
        state = Receive(state, minute: 1, startAssumed: true, minutesToFire: 0);
        state.Status.ShouldBe(AlertStatus.Resolved);

        Receive(state, minute: 2, startAssumed: true).HitCount.ShouldBe(2);
    }

    private static AlertState Receive(AlertState state, int minute, bool startAssumed = false, int minutesToFire = 5)
    {
        var now = Start.AddMinutes(minute);
        var member = new AlertMember(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string>(), now, now.AddMinutes(minutesToFire), now, null, AlertBatch.AlertmanagerApi);
        var command = new ReceiveAlerts(
            AlertIdentity.From(Labels), new AlertClassification(Severity.P2, "storage", "TYPE-3"), 0, [new ReceivedMember(minute, member, startAssumed)]);
        return new AlertReceipt(state, command, now).Work().Aggregate(state, (current, raised) => current.Apply(raised, now));
    }
}
