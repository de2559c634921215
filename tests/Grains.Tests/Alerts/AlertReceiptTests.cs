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

    [Fact]
    public void GivenEnded_WhenAnotherSenderGoesOnWithAnEarlierStart_ThenTheStartThatWasCountedIsNoNewOccurrence()
    {
        var state = Receive(Receive(Alert.Initial, minute: 3), minute: 4, minutesToFire: 0);

        state = Take(state, Later(5) with { StartsAt = Start.AddMinutes(1) }, order: 5);
        state = Take(state, Later(6) with { StartsAt = Start.AddMinutes(3) }, order: 6);

        state.Status.ShouldBe(AlertStatus.Firing);
        state.HitCount.ShouldBe(1);
        state.Members.Values.ShouldHaveSingleItem().StartsAt.ShouldBe(Start.AddMinutes(3));
    }

    /// <summary>Whatever is said of three members, and however the log is cut into batches of which some come again.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void GivenAnyNews_WhenItComesInAnyBatches_ThenTheAlertIsAsIfItCameOneByOne(int seed)
    {
        var random = new Random(seed);
        var news = AnyNews(random, 60);
        var single = news.Aggregate(Alert.Initial, (state, item) => Take(state, [item]));

        var batched = Alert.Initial;
        for (var taken = 0; taken < news.Count;)
        {
            var next = Math.Min(taken + random.Next(1, 12), news.Count);
            var again = random.Next(2) == 0 ? random.Next(taken + 1) : taken;
            batched = Take(batched, [.. news.Skip(again).Take(next - again)]);
            taken = next;
        }

        (batched.Status, batched.HitCount).ShouldBe((single.Status, single.HitCount));
        batched.Members.OrderBy(member => member.Key).ShouldBe(single.Members.OrderBy(member => member.Key));
        batched.Quiet.OrderBy(member => member.Key).ShouldBe(single.Quiet.OrderBy(member => member.Key));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 300)];

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

    [Fact]
    public void GivenFiring_WhenSentAgainWithALaterEndOnly_ThenOnlyTheEndIsTold()
    {
        var state = Receive(Alert.Initial, minute: 0, startAssumed: true);

        var renewed = EventsOf(state, Later(1), 1, 0, false).ShouldHaveSingleItem().ShouldBeOfType<AlertMembersRenewed>();

        renewed.Members.ShouldHaveSingleItem().ShouldBe(new RenewedMember(Later(1).MemberId, Later(1).EndsAt, Later(1).ReceivedAt));
        renewed.Mark.ShouldBe(new IntakeMark(0, 1));
        state.Apply(renewed, Start).Members.Values.ShouldHaveSingleItem().EndsAt.ShouldBe(Later(1).EndsAt);
    }

    [Fact]
    public void GivenFiring_WhenSentAgainWithOtherAnnotations_ThenTheMemberIsToldWhole()
    {
        var state = Receive(Alert.Initial, minute: 0, startAssumed: true);
        var changed = Later(2) with { Annotations = new Dictionary<string, string> { ["summary"] = "fuller" } };

        var events = EventsOf(state, [Later(1), changed]);

        events.ShouldHaveSingleItem().ShouldBeOfType<AlertMembersSeen>().Members.ShouldHaveSingleItem().ShouldBe(changed);
    }

    [Fact]
    public void GivenFiring_WhenSentAgainAndEndedInOneBatch_ThenOnlyTheEndingIsTold()
    {
        var state = Receive(Alert.Initial, minute: 0, startAssumed: true);

        var events = EventsOf(state, [Later(1), Later(2) with { EndsAt = Start.AddMinutes(2) }]);

        events.Select(raised => raised.GetType()).ShouldBe([typeof(AlertMembersEnded), typeof(AlertResolved)]);
    }

    [Fact]
    public void GivenSentAgain_WhenTheOrderOfAnnotationsDiffers_ThenNothingIsNew()
    {
        var first = Later(1) with { Annotations = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } };
        var state = EventsOf(Alert.Initial, [first]).Aggregate(Alert.Initial, (current, raised) => current.Apply(raised, Start));

        EventsOf(state, [first with { Annotations = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } }], from: 2).ShouldBeEmpty();
    }

    private static List<ReceivedMember> AnyNews(Random random, int count)
    {
        var news = new List<ReceivedMember>();
        var received = Start;
        for (var order = 1; order <= count; order++)
        {
            received = received.AddMinutes(random.Next(3));
            var labels = new Dictionary<string, string>(Labels) { ["replica"] = $"{random.Next(3)}" };
            var annotations = new Dictionary<string, string> { ["summary"] = $"{random.Next(2)}" };
            var starts = received.AddMinutes(-random.Next(6));
            var ends = received.AddMinutes(random.Next(3) == 0 ? -random.Next(2) : random.Next(1, 6));
            var member = new AlertMember(AlertMemberId.Of(labels), labels, annotations, starts, ends, received, null, AlertBatch.AlertmanagerApi);
            news.Add(new ReceivedMember(order, member, random.Next(5) == 0));
        }

        return news;
    }

    private static Alert Take(Alert state, AlertMember member, long order) => Take(state, [new ReceivedMember(order, member)]);

    private static Alert Take(Alert state, IReadOnlyList<ReceivedMember> items) =>
        EventsOf(state, 0, items).Aggregate(state, (current, raised) => current.Apply(raised, items[^1].Member.ReceivedAt));

    /// <summary>As the first one said it, with an end that moves with the minutes.</summary>
    private static AlertMember Later(int minute) => Member(minute, 5) with { StartsAt = Start };

    private static Alert Receive(Alert state, int minute, bool startAssumed = false, int minutesToFire = 5, short partition = 0) =>
        EventsOf(state, Member(minute, minutesToFire), minute, partition, startAssumed)
            .Aggregate(state, (current, raised) => current.Apply(raised, Start.AddMinutes(minute)));

    private static AlertMember Member(int minute, int minutesToFire)
    {
        var now = Start.AddMinutes(minute);
        return new AlertMember(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string>(), now, now.AddMinutes(minutesToFire), now, null, AlertBatch.AlertmanagerApi);
    }

    private static IReadOnlyList<AlertEvent> EventsOf(Alert state, AlertMember member, int order, short partition, bool startAssumed) =>
        EventsOf(state, partition, [new ReceivedMember(order, member, startAssumed)]);

    private static IReadOnlyList<AlertEvent> EventsOf(Alert state, IReadOnlyList<AlertMember> members, int from = 1) =>
        EventsOf(state, 0, [.. members.Select((member, place) => new ReceivedMember(from + place, member, false))]);

    private static IReadOnlyList<AlertEvent> EventsOf(Alert state, short partition, IReadOnlyList<ReceivedMember> items)
    {
        var command = new ReceiveAlerts(AlertIdentity.From(Labels), new AlertClassification(Severity.P2, "storage", "TYPE-3"), partition, items);
        return new AlertReceipt(state, command, items[^1].Member.ReceivedAt).Work();
    }
}
