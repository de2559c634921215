using AwoooP.Alerts;

namespace AwoooP.Grains.Tests.Alerts;

public sealed class AlertReceiptTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyDictionary<string, string> Labels = new Dictionary<string, string> { ["alertname"] = "DiskFull", ["instance"] = "db1" };

    [Fact]
    public void GivenFiring_WhenSentAgainWithoutAStart_ThenNoNewOccurrenceAndTheStartStays()
    {
        var state = Receive(Alert.Initial, minute: 0, startAssumed: true);

        state = Receive(state, minute: 1, startAssumed: true);

        state.HitCount.ShouldBe(1);
        var member = state.Members.Values.ShouldHaveSingleItem();
        member.StartsAt.ShouldBe(Start);
        member.EndsAt.ShouldBe(Start.AddMinutes(6), "a re-send moves the end");
    }

    [Fact]
    public void GivenFiring_WhenSentAgainWithALaterStart_ThenANewOccurrence() =>
        Receive(Receive(Alert.Initial, minute: 0), minute: 1).HitCount.ShouldBe(2);

    [Fact]
    public void GivenEnded_WhenSentAgainWithoutAStart_ThenANewOccurrence()
    {
        var state = Receive(Alert.Initial, minute: 0, startAssumed: true);
        state = Receive(state, minute: 1, startAssumed: true, minutesToFire: 0);
        state.Status.ShouldBe(AlertStatus.Resolved);

        Receive(state, minute: 2, startAssumed: true).HitCount.ShouldBe(2);
    }

    /// <summary>They came over two connections, and so over two partitions.</summary>
    [Fact]
    public void GivenAnEndThatOvertookItsFiring_WhenTheFiringComes_ThenNothingFires()
    {
        var state = Receive(Alert.Initial, minute: 1, minutesToFire: 0, partition: 1);
        state.Status.ShouldBe(AlertStatus.None);

        state = Receive(state, minute: 0);

        state.Status.ShouldBe(AlertStatus.None);
        state.Members.ShouldBeEmpty();
        Receive(state, minute: 2).HitCount.ShouldBe(1, "what was never heard firing is no occurrence yet");
    }

    [Fact]
    public void GivenAnEndedMember_WhenAnEndOvertakesItsNextFiring_ThenThatFiringStaysQuiet()
    {
        var state = Receive(Receive(Alert.Initial, minute: 0), minute: 1, minutesToFire: 0);
        state = Receive(state, minute: 4, minutesToFire: 0, partition: 1);

        state = Receive(state, minute: 3);

        state.Status.ShouldBe(AlertStatus.Resolved);
        state.HitCount.ShouldBe(1);
    }

    [Fact]
    public void GivenAnEndOfAnUnknownMember_WhenSaidAgain_ThenNothingIsWritten()
    {
        var ended = Member(1, 0);
        var state = Receive(Alert.Initial, minute: 1, minutesToFire: 0);

        EventsOf(state, ended with { ReceivedAt = Start.AddMinutes(2) }, 2, 0, false).ShouldBeEmpty();
    }

    private static Alert Receive(Alert state, int minute, bool startAssumed = false, int minutesToFire = 5, short partition = 0) =>
        EventsOf(state, Member(minute, minutesToFire), minute, partition, startAssumed)
            .Aggregate(state, (current, raised) => current.Apply(raised, Start.AddMinutes(minute)));

    private static AlertMember Member(int minute, int minutesToFire)
    {
        var now = Start.AddMinutes(minute);
        return new AlertMember(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string>(), now, now.AddMinutes(minutesToFire), now, null, AlertBatch.AlertmanagerApi);
    }

    private static IReadOnlyList<AlertEvent> EventsOf(Alert state, AlertMember member, int order, short partition, bool startAssumed)
    {
        var command = new ReceiveAlerts(
            AlertIdentity.From(Labels), new AlertClassification(Severity.P2, "storage", "TYPE-3"), partition, [new ReceivedMember(order, member, startAssumed)]);
        return new AlertReceipt(state, command, member.ReceivedAt).Work();
    }
}
