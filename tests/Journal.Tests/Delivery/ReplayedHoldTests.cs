using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Replay;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>A rebuild applies what the live projection held back. The silo, which is told nothing of it, must go on from there without its sweep.</summary>
public sealed class ReplayedHoldTests : IAsyncLifetime
{
    private static readonly AggregateId Parent = new("parent", "p1/held");
    private static readonly AggregateId Child = new("child", "p1/held");

    private readonly InterruptedProjection _projection = new(new FamilyProjection());
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync()
    {
        _delivery = (await DeliveryHarness.CreateAsync()).With(_projection);
        var options = _delivery.Options;
        _delivery.Options = given =>
        {
            options(given);
            given.SweepInterval = TimeSpan.FromHours(1);
        };
        await _delivery.ExecuteAsync(FamilyProjection.TableSql);
        await _delivery.StartAsync();
    }

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Replay_OfAnEventHeldForItsFault_LetsTheNextOnesPass()
    {
        await HoldChildForItsFaultAsync();

        (await Replay(_projection).ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem().Held.ShouldBe(0);
        await _delivery.Writer.WriteAsync(1, Child, "child.born", tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync("select id from records.child order by 1")).SequenceEqual(["held-1", "held-2"]));
        (await HeldAsync()).ShouldBeEmpty();
    }

    /// <summary>It could be applied by now; but it was given up for good, and what came after was told without it.</summary>
    [Fact]
    public async Task Replay_OfAnEventThatWasDiscarded_LeavesItOut()
    {
        var child = await _delivery.Writer.WriteAsync(1, Child, "child.born", tell: _delivery.Observer);
        (await _delivery.PassedAsync(child)).ShouldBeTrue();
        var letters = _delivery.Get<IDeadLetters>();
        var id = (await letters.ListAsync("p1", 10, CancellationToken.None)).ShouldHaveSingleItem().Id;
        (await letters.DiscardAsync(id, CancellationToken.None)).Status.ShouldBe(RetryStatus.Delivered);
        var parent = await _delivery.Writer.WriteAsync(2, Parent, "parent.noted", tell: _delivery.Observer);
        (await _delivery.PassedAsync(parent)).ShouldBeTrue();
        var later = await _delivery.Writer.WriteAsync(1, Child, "child.born", tell: _delivery.Observer);
        (await _delivery.PassedAsync(later)).ShouldBeTrue();

        (await Replay(_projection).VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual);
        (await Replay(_projection).ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem().Held.ShouldBe(0);

        (await _delivery.QueryAsync("select id from records.child")).ShouldBe(["held-2"]);
        (await HeldAsync()).ShouldBeEmpty();
    }

    /// <summary>It fits by now, so the rebuild has applied it before it is given up.</summary>
    [Fact]
    public async Task Replay_OfAnEventThatIsDiscardedMeanwhile_IsRefusedAndLeavesItOutTheNextTime()
    {
        await HoldChildForItsFaultAsync();
        var letters = _delivery.Get<IDeadLetters>();
        var letter = (await letters.ListAsync("p1", 10, CancellationToken.None)).ShouldHaveSingleItem();
        var rebuilt = new InterruptedProjection(new FamilyProjection());
        _ = rebuilt.InterruptNextAsync(async () => (await letters.DiscardAsync(letter.Id, CancellationToken.None)).Status.ShouldBe(RetryStatus.Delivered));

        var refused = await Should.ThrowAsync<ReplayException>(() => Replay(rebuilt).ReplayAsync([], CancellationToken.None).ToListAsync().AsTask());

        refused.Message.ShouldBe($"family at {letter.Position} was given up meanwhile: run again.");
        (await Replay(rebuilt).ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem().Held.ShouldBe(0);
        (await _delivery.QueryAsync("select id from records.child")).ShouldBeEmpty();
    }

    /// <summary>It was asked for at another silo, and the rebuild comes before it is carried out.</summary>
    [Fact]
    public async Task Replay_OfAnEventWhoseDiscardIsAskedFor_LeavesItOutForGood()
    {
        var child = await _delivery.Writer.WriteAsync(1, Child, "child.born", tell: _delivery.Observer);
        (await _delivery.PassedAsync(child)).ShouldBeTrue();
        await _delivery.StopAsync();
        await _delivery.ExecuteAsync("update journal.dead_letter set discard_requested = true");

        for (var time = 1; time <= 2; time++)
            (await Replay(_projection).ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem().Held.ShouldBe(0);

        (await HeldAsync()).ShouldBeEmpty();
        (await _delivery.QueryAsync("select project_id || ' ' || consumer || ' ' || partition || ' ' || seq from journal.discarded_event")).ShouldBe(["p1 family 1 1"]);
    }

    [Fact]
    public async Task Retry_OfAnEventThatARebuildAppliedMeanwhile_HoldsNothingAnew()
    {
        var child = await _delivery.Writer.WriteAsync(1, Child, "child.born", tell: _delivery.Observer);
        (await _delivery.PassedAsync(child)).ShouldBeTrue();
        (await HeldAsync()).ShouldBe(["waiting"]);

        // What a rebuild leaves, between the retry's read of the hold and its write.
        await _projection.InterruptNextAsync(() => _delivery.ExecuteAsync(
            "insert into records.parent values ('p1', 'held'); insert into records.child values ('p1', 'held-1', 'held', now()); delete from journal.dead_letter"));
        var later = await _delivery.Writer.WriteAsync(2, new AggregateId("parent", "p1/other"), "parent.noted", tell: _delivery.Observer);

        (await _delivery.PassedAsync(later)).ShouldBeTrue();
        (await HeldAsync()).ShouldBeEmpty();
        (await _delivery.QueryAsync("select id from records.child")).ShouldBe(["held-1"]);
    }

    [Fact]
    public async Task Replay_WhileAnEventIsQueuedBehindAHold_DoesNotForgetIt()
    {
        await HoldChildForItsFaultAsync();
        var rebuilt = new InterruptedProjection(new FamilyProjection());
        var firstPass = rebuilt.InterruptNextAsync(async () =>
        {
            // Something is left for the last pass, which holds the live tables still, and during which an event is queued that touches none of them.
            var later = await _delivery.Writer.WriteAsync(2, Parent, "parent.noted", tell: _delivery.Observer);
            (await _delivery.PassedAsync(later)).ShouldBeTrue();
            _ = rebuilt.InterruptNextAsync(async () =>
            {
                var queued = await _delivery.Writer.WriteAsync(1, Child, "child.born", tell: _delivery.Observer);
                var passed = _delivery.PassedAsync(queued);
                await DeliveryHarness.UntilAsync(async () => passed.IsCompleted || (await WaitingForLocksAsync()).Count > 0);
            });
        });

        await Replay(rebuilt).ReplayAsync([], CancellationToken.None).ToListAsync();
        await firstPass;

        await DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync("select id from records.child order by 1")).SequenceEqual(["held-1", "held-2"]));
        (await HeldAsync()).ShouldBeEmpty();
    }

    /// <summary>Held back in the rebuilt tables it would be missing there, though the newer build has applied it.</summary>
    /// <param name="isSplit">Whether it is met behind a fault of the content, where events are applied one by one.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replay_ThatMeetsAnEventOfANewerBuild_IsRefusedAndNothingChanges(bool isSplit)
    {
        var parent = await _delivery.Writer.WriteAsync(2, Parent, "parent.noted", tell: _delivery.Observer);
        (await _delivery.PassedAsync(parent)).ShouldBeTrue();
        await DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync("select seq::text from journal.cursor where partition = 2 and seq = 1")).Count == 1);
        var rebuilt = new InterruptedProjection(new FamilyProjection());
        _ = rebuilt.InterruptNextAsync(() =>
        {
            if (!isSplit)
                throw new UnknownEventException(parent);
            _ = rebuilt.InterruptNextAsync(() => throw new UnknownEventException(parent));
            throw new DeterministicFaultException("it does not fit");
        });

        var refused = await Should.ThrowAsync<ReplayException>(() => Replay(rebuilt).ReplayAsync([], CancellationToken.None).ToListAsync().AsTask());

        refused.Message.ShouldBe($"parent.noted version 1 at {parent.Position} is of a newer build: rebuild with that build.");
        (await _delivery.QueryAsync("select id from records.parent")).ShouldBe(["held"]);
        (await HeldAsync()).ShouldBeEmpty();
        (await _delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'replay%'")).ShouldBeEmpty();
    }

    /// <summary>A child whose row is there already, so that it and all that follows of it are held.</summary>
    private async Task HoldChildForItsFaultAsync()
    {
        var parent = await _delivery.Writer.WriteAsync(2, Parent, "parent.noted", tell: _delivery.Observer);
        (await _delivery.PassedAsync(parent)).ShouldBeTrue();
        await _delivery.ExecuteAsync("insert into records.child values ('p1', 'held-1', 'held', now())");
        var child = await _delivery.Writer.WriteAsync(1, Child, "child.born", tell: _delivery.Observer);
        (await _delivery.PassedAsync(child)).ShouldBeTrue();
        (await HeldAsync()).ShouldBe(["fault"]);
    }

    private Task<List<string>> WaitingForLocksAsync() => _delivery.QueryAsync(
        "select pid::text from pg_stat_activity where datname = current_database() and usename = 'awooop_app' and wait_event_type = 'Lock'");

    private Task<List<string>> HeldAsync() => _delivery.QueryAsync("select kind from journal.dead_letter order by seq");

    private ProjectionReplay Replay(IProjection projection) => new(_delivery.Database.Owner, [projection], new EveryEvent(), NullLogger<ProjectionReplay>.Instance);
}
