using System.Collections.Concurrent;
using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class ReactionTests : IAsyncLifetime
{
    private static readonly AggregateId A = new("thing", "p1/a");
    private static readonly AggregateId B = new("thing", "p1/b");

    private readonly RecordingReaction _reaction = new();
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync() => _delivery = (await DeliveryHarness.CreateAsync()).With(_reaction);

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task React_ManyAggregates_KeepsTheOrderOfEach()
    {
        var calls = new ConcurrentDictionary<AggregateId, int>();
        _reaction.Before = async recorded =>
        {
            calls.AddOrUpdate(recorded.Id, 1, static (_, running) => running + 1).ShouldBe(1);
            await Task.Yield();
            calls.AddOrUpdate(recorded.Id, 0, static (_, running) => running - 1);
        };
        await _delivery.StartAsync();
        var ids = Enumerable.Range(0, 20).Select(i => new AggregateId("thing", $"p1/{i}")).ToList();
        var written = new List<RecordedEvent>();
        for (var i = 0; i < 400; i++)
            written.Add(await _delivery.Writer.WriteAsync((short)(1 + (i % 20 % 3)), ids[i % 20], tell: _delivery.Observer));

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count >= 400);

        _reaction.Seen.Count.ShouldBe(400);
        var owners = written.ToDictionary(e => e.Position, e => e.Id);
        foreach (var aggregate in _reaction.Seen.GroupBy(position => owners[position]))
            aggregate.Select(position => position.Seq).ShouldBeInOrder();
    }

    [Fact]
    public async Task React_OneAggregateFails_TheOthersGoOnAndNothingIsDeadLettered()
    {
        var away = true;
        _reaction.Before = recorded => recorded.Id == A && away ? throw new JournalUnavailableException("away") : Task.CompletedTask;
        await _delivery.StartAsync();
        var first = await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
        var second = await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
        var other = await _delivery.Writer.WriteAsync(1, B, tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Contains(other.Position));
        await DeliveryHarness.UntilAsync(() => _delivery.Get<IDeliveryStatus>().Read().Consumers.Single().Retries > 12);
        _reaction.Seen.ShouldBe([other.Position]);
        _delivery.Get<IDeliveryStatus>().Read().Consumers.Single().IsStuck.ShouldBeTrue();

        away = false;
        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 3);
        _reaction.Seen.ShouldBe([other.Position, first.Position, second.Position]);
        (await _delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task React_CrashBeforeThePositionIsStored_ReactsAgainInOrder()
    {
        await _delivery.StartAsync();
        await _delivery.ForgetPositionsAsync();
        var first = await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
        var second = await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 2);

        await _delivery.CrashAsync();
        await _delivery.StartAsync();

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 4);
        _reaction.Seen.ShouldBe([first.Position, second.Position, first.Position, second.Position]);
    }

    [Fact]
    public async Task React_PositionStored_IsNotDeliveredAgainAfterARestart()
    {
        await _delivery.StartAsync();
        await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 1);

        await _delivery.RestartAsync();
        var next = await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Contains(next.Position));
        _reaction.Seen.Count.ShouldBe(2);
    }

    [Fact]
    public async Task React_ChainTooDeep_IsShownAndHoldsNothingBack()
    {
        await _delivery.StartAsync();
        var deep = await _delivery.Writer.WriteAsync(1, A, depth: JournalLimits.MaxDepth + 1, tell: _delivery.Observer);
        var next = await _delivery.Writer.WriteAsync(1, A, depth: JournalLimits.MaxDepth, tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Contains(next.Position));
        _reaction.Seen.ShouldBe([next.Position]);
        var letter = (await _delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).ShouldHaveSingleItem();
        letter.Kind.ShouldBe(DeadLetterKind.TooDeep);
        letter.Position.ShouldBe(deep.Position);
    }

    [Fact]
    public async Task React_EventTold_IsInTheTableWhenTheReactionSeesIt()
    {
        var missing = 0;
        _reaction.Before = async recorded =>
        {
            var found = await _delivery.QueryAsync(
                $"select seq::text from journal.event where partition = {recorded.Position.Partition} and seq = {recorded.Position.Seq}");
            if (found.Count == 0)
                Interlocked.Increment(ref missing);
        };
        await _delivery.StartAsync();
        for (var i = 0; i < 50; i++)
            await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 50);
        missing.ShouldBe(0);
    }

    [Fact]
    public async Task React_ServerEndsEverySession_GoesOnWithoutLoss()
    {
        _reaction.Before = async _ => await _delivery.QueryAsync("select 1::text");
        await _delivery.StartAsync();
        for (var i = 0; i < 100; i++)
        {
            await _delivery.Writer.WriteAsync(1, A, tell: i % 3 == 0 ? null : _delivery.Observer);
            if (i % 25 == 0)
                await _delivery.BreakConnectionsAsync();
        }

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count >= 100);
        _reaction.Seen.Select(position => position.Seq).Distinct().ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));
    }

    [Fact]
    public async Task Start_ReactionAddedToALogWithHistory_BeginsAtTheEnd()
    {
        await _delivery.StartAsync();
        await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 1);
        await _delivery.StopAsync();

        var added = new RecordingReaction("added");
        await _delivery.With(added).StartAsync();
        await DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync("select consumer from journal.cursor where consumer = 'added'")).Count == 3);
        var next = await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);

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
