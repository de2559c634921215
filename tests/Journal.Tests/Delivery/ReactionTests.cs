using System.Collections.Concurrent;
using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class ReactionTests : OneReaction
{
    [Fact]
    public async Task React_ManyAggregates_KeepsTheOrderOfEach()
    {
        var calls = new ConcurrentDictionary<AggregateId, int>();
        Reaction.Before = async recorded =>
        {
            calls.AddOrUpdate(recorded.Id, 1, static (_, running) => running + 1).ShouldBe(1);
            await Task.Yield();
            calls.AddOrUpdate(recorded.Id, 0, static (_, running) => running - 1);
        };
        await Delivery.StartAsync();
        var ids = Enumerable.Range(0, 20).Select(i => new AggregateId("thing", $"p1/{i}")).ToList();
        var written = new List<RecordedEvent>();
        for (var i = 0; i < 400; i++)
            written.Add(await Delivery.Writer.WriteAsync((short)(1 + (i % 20 % 3)), ids[i % 20], tell: Delivery.Observer));

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count >= 400);

        Reaction.Seen.Count.ShouldBe(400);
        var owners = written.ToDictionary(e => e.Position, e => e.Id);
        foreach (var aggregate in Reaction.Seen.GroupBy(position => owners[position]))
            aggregate.Select(position => position.Seq).ShouldBeInOrder();
    }

    [Fact]
    public async Task React_OneAggregateFails_TheOthersGoOnAndNothingIsDeadLettered()
    {
        var away = true;
        Reaction.Before = recorded => recorded.Id == A && away ? throw new JournalUnavailableException("away") : Task.CompletedTask;
        await Delivery.StartAsync();
        var first = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        var second = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        var other = await Delivery.Writer.WriteAsync(1, B, tell: Delivery.Observer);

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Contains(other.Position));
        await DeliveryHarness.UntilAsync(() => Delivery.Get<IDeliveryStatus>().Read().Consumers.Single().Retries > 12);
        Reaction.Seen.ShouldBe([other.Position]);
        Delivery.Get<IDeliveryStatus>().Read().Consumers.Single().IsStuck.ShouldBeTrue();

        away = false;
        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count == 3);
        Reaction.Seen.ShouldBe([other.Position, first.Position, second.Position]);
        (await Delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task React_CrashBeforeThePositionIsStored_ReactsAgainInOrder()
    {
        await Delivery.StartAsync();
        await Delivery.ForgetPositionsAsync();
        var first = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        var second = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count == 2);

        await Delivery.CrashAsync();
        await Delivery.StartAsync();

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count == 4);
        Reaction.Seen.ShouldBe([first.Position, second.Position, first.Position, second.Position]);
    }

    [Fact]
    public async Task React_PositionStored_IsNotDeliveredAgainAfterARestart()
    {
        await Delivery.StartAsync();
        await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count == 1);

        await Delivery.RestartAsync();
        var next = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Contains(next.Position));
        Reaction.Seen.Count.ShouldBe(2);
    }

    [Fact]
    public async Task React_ChainTooDeep_IsShownAndHoldsNothingBack()
    {
        await Delivery.StartAsync();
        var deep = await Delivery.Writer.WriteAsync(1, A, depth: JournalLimits.MaxDepth + 1, tell: Delivery.Observer);
        var next = await Delivery.Writer.WriteAsync(1, A, depth: JournalLimits.MaxDepth, tell: Delivery.Observer);

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Contains(next.Position));
        Reaction.Seen.ShouldBe([next.Position]);
        var letter = (await Delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).ShouldHaveSingleItem();
        letter.Kind.ShouldBe(DeadLetterKind.TooDeep);
        letter.Position.ShouldBe(deep.Position);
    }

    [Fact]
    public async Task React_EventTold_IsInTheTableWhenTheReactionSeesIt()
    {
        var missing = 0;
        Reaction.Before = async recorded =>
        {
            var found = await Delivery.QueryAsync(
                $"select seq::text from journal.event where partition = {recorded.Position.Partition} and seq = {recorded.Position.Seq}");
            if (found.Count == 0)
                Interlocked.Increment(ref missing);
        };
        await Delivery.StartAsync();
        for (var i = 0; i < 50; i++)
            await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count == 50);
        missing.ShouldBe(0);
    }

    [Fact]
    public async Task React_ServerEndsEverySession_GoesOnWithoutLoss()
    {
        Reaction.Before = async _ => await Delivery.QueryAsync("select 1::text");
        await Delivery.StartAsync();
        for (var i = 0; i < 100; i++)
        {
            await Delivery.Writer.WriteAsync(1, A, tell: i % 3 == 0 ? null : Delivery.Observer);
            if (i % 25 == 0)
                await Delivery.BreakConnectionsAsync();
        }

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count >= 100);
        Reaction.Seen.Select(position => position.Seq).Distinct().ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));
    }

    [Fact]
    public async Task Start_ReactionAddedToALogWithHistory_BeginsAtTheEnd()
    {
        await Delivery.StartAsync();
        await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count == 1);
        await Delivery.StopAsync();

        var added = new RecordingReaction("added");
        await Delivery.With(added).StartAsync();
        await DeliveryHarness.UntilAsync(async () => (await Delivery.QueryAsync("select consumer from journal.cursor where consumer = 'added'")).Count == 3);
        var next = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);

        await DeliveryHarness.UntilAsync(() => added.Seen.Count > 0);
        added.Seen.ShouldBe([next.Position]);
    }

    [Fact]
    public void CommandId_SamePlace_IsTheSameAndOtherwiseDiffers()
    {
        var position = new Position(1, 7, 42);
        var id = ReactionCommandId.From(position, "open-incident", 0);

        id.ShouldBe(ReactionCommandId.From(position, "open-incident", 0));
        id.Version.ShouldBe(8);
        new[]
        {
            ReactionCommandId.From(position, "open-incident", 1),
            ReactionCommandId.From(position, "close-incident", 0),
            ReactionCommandId.From(position with { Seq = 43 }, "open-incident", 0),
            ReactionCommandId.From(position with { Partition = 8 }, "open-incident", 0),
        }.ShouldNotContain(id);
    }
}
