using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Feed;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>What of a reaction is held back, and how it is delivered after all.</summary>
public sealed class HeldReactionTests : OneReaction
{
    [Fact]
    public async Task React_DeterministicFault_QueuesItsAggregateUntilARetryDeliversInOrder()
    {
        var broken = true;
        Reaction.Before = recorded => recorded.Position.Seq == 2 && broken ? throw new DeterministicFaultException("no such step") : Task.CompletedTask;
        await Delivery.StartAsync();
        for (var i = 0; i < 4; i++)
            await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        var other = await Delivery.Writer.WriteAsync(1, B, tell: Delivery.Observer);
        var letters = Delivery.Get<IDeadLetters>();
        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Contains(other.Position));
        await DeliveryHarness.UntilAsync(async () => (await letters.ListAsync(null, 10, CancellationToken.None)) is [{ Queued: 2 }]);
        Reaction.Seen.Select(position => position.Seq).ShouldBe([1, 5], ignoreOrder: true);
        var letter = (await letters.ListAsync("p1", 10, CancellationToken.None)).Single();
        letter.Reason.ShouldBe("no such step");
        letter.Aggregate.ShouldBe(A);

        (await letters.RetryAsync(letter.Id, CancellationToken.None)).ShouldBe(new RetryOutcome(RetryStatus.StillFailing, 0, "no such step"));
        broken = false;
        (await letters.RetryAsync(letter.Id, CancellationToken.None)).ShouldBe(new RetryOutcome(RetryStatus.Delivered, 3));
        await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count == 6);
        Reaction.Seen.Select(position => position.Seq).Where(seq => seq != 5).ShouldBe([1, 2, 3, 4, 6]);
        (await letters.RetryAsync(letter.Id, CancellationToken.None)).Status.ShouldBe(RetryStatus.NotFound);
    }

    [Fact]
    public async Task Retry_AskedForByAnotherSiloBehindAReceiverThatIsAway_StopsNothingElseAndIsNotForgotten()
    {
        var away = true;
        Reaction.Before = recorded => recorded.Id == A && away ? throw new JournalUnavailableException("away") : Task.CompletedTask;
        await Delivery.StartAsync();
        var deep = await Delivery.Writer.WriteAsync(1, A, depth: JournalLimits.MaxDepth + 1, tell: Delivery.Observer);
        var stuck = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        await DeliveryHarness.UntilAsync(async () => (await Delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).Count == 1);

        await Delivery.ExecuteAsync("update journal.dead_letter set retry_requested_at = now()");

        for (var seq = 1; seq <= 3; seq++)
        {
            await Delivery.Writer.WriteAsync(2, B, tell: Delivery.Observer);
            await DeliveryHarness.UntilAsync(async () => (await Delivery.QueryAsync("select seq::text from journal.cursor where partition = 2")).Single() == $"{seq}");
        }

        (await Delivery.QueryAsync("select seq::text from journal.dead_letter where retry_requested_at is not null")).ShouldBe(["1"]);
        away = false;
        await DeliveryHarness.UntilAsync(async () => (await Delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).Count == 0);
        Reaction.Seen.Where(position => position.Partition == 1).ShouldBe([stuck.Position, deep.Position]);
    }

    /// <summary>The letter that a person asked for is gone by then, and what is left of its queue is none that could be asked for.</summary>
    [Fact]
    public async Task Retry_ThatMeetsAnOutageBehindItsLetter_IsEndedWithoutBeingAskedForAgain()
    {
        var (broken, away) = (true, false);
        Reaction.Before = recorded => recorded.Position.Seq switch
        {
            1 when broken => throw new DeterministicFaultException("no such step"),
            2 when away => throw new JournalUnavailableException("away"),
            _ => Task.CompletedTask,
        };
        await Delivery.StartAsync();
        for (var i = 0; i < 3; i++)
            await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        var letters = Delivery.Get<IDeadLetters>();
        await DeliveryHarness.UntilAsync(async () => (await letters.ListAsync(null, 10, CancellationToken.None)) is [{ Queued: 2 }]);
        var letter = (await letters.ListAsync(null, 10, CancellationToken.None)).Single();

        (broken, away) = (false, true);
        await Should.ThrowAsync<JournalUnavailableException>(() => letters.RetryAsync(letter.Id, CancellationToken.None));
        Reaction.Seen.Select(position => position.Seq).ShouldBe([1]);
        (await letters.ListAsync(null, 10, CancellationToken.None)).ShouldBeEmpty();
        away = false;

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count == 3);
        await DeliveryHarness.UntilAsync(async () => (await Delivery.QueryAsync("select id::text from journal.dead_letter")).Count == 0);
        await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Count == 4);
        Reaction.Seen.Select(position => position.Seq).ShouldBe([1, 2, 3, 4]);
    }

    /// <summary>A sweep reads the queue between the release of its letter and the fault of the next event, as one without a letter.</summary>
    [Fact]
    public async Task Sweep_ThatReadAQueueBeforeItsNextLetterWasWritten_DoesNotTryThatLetterAgain()
    {
        SweepByHand();
        var first = new Position(1, 1, 1);
        var second = first with { Seq = 2 };
        var (firstIsBroken, secondIsBroken) = (true, true);
        var callsOfSecond = 0;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var failing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Reaction.Before = async recorded =>
        {
            if (recorded.Position == first && firstIsBroken)
                throw new DeterministicFaultException("no such step");
            if (recorded.Position != second || !secondIsBroken)
                return;
            Interlocked.Increment(ref callsOfSecond);
            begun.TrySetResult();
            await failing.Task;
            throw new DeterministicFaultException("no such step either");
        };
        await Delivery.StartAsync();
        for (var i = 0; i < 2; i++)
            await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        await SeeAnotherAsync();
        var letters = Delivery.Get<IDeadLetters>();
        await DeliveryHarness.UntilAsync(async () => (await letters.ListAsync(null, 10, CancellationToken.None)) is [{ Queued: 1 }]);
        var letter = (await letters.ListAsync(null, 10, CancellationToken.None)).Single();
        firstIsBroken = false;
        var asked = letters.RetryAsync(letter.Id, CancellationToken.None);
        await begun.Task.WaitAsync(DeliveryHarness.Limit);

        Delivery.Get<ConsumerSet>().All.Single().RefreshHeld([.. Delivery.Get<EventHub>().Feeds]);

        // It stands in the consumer's queue behind the sweep, which is over when it is seen.
        await SeeAnotherAsync();
        failing.SetResult();
        (await asked).ShouldBe(new RetryOutcome(RetryStatus.StillFailing, 1, "no such step either"));

        // And this one stands in the lane behind whatever the sweep has put there.
        await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        await DeliveryHarness.UntilAsync(async () => (await Delivery.QueryAsync("select id::text from journal.dead_letter where seq = 3")).Count == 1);
        callsOfSecond.ShouldBe(1);
        Delivery.Get<IDeliveryStatus>().Read().Consumers.Single().DeadLetters.ShouldBe(2);

        secondIsBroken = false;
        var left = (await letters.ListAsync(null, 10, CancellationToken.None)).ShouldHaveSingleItem();
        left.Position.ShouldBe(second);
        (await letters.RetryAsync(left.Id, CancellationToken.None)).ShouldBe(new RetryOutcome(RetryStatus.Delivered, 2));
    }

    /// <summary>The failed retry ends the request that came meanwhile, but not the wish to discard.</summary>
    [Fact]
    public async Task Discard_AskedForWhileItsLetterIsTriedAgain_IsCarriedOutByTheSweep()
    {
        SweepByHand();
        var calls = 0;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var failing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Reaction.Before = async recorded =>
        {
            if (recorded.Position != new Position(1, 1, 1))
                return;
            if (Interlocked.Increment(ref calls) == 2)
            {
                begun.TrySetResult();
                await failing.Task;
            }

            throw new DeterministicFaultException("no such step");
        };
        await Delivery.StartAsync();
        await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        var queued = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        var letters = Delivery.Get<IDeadLetters>();
        await DeliveryHarness.UntilAsync(async () => (await letters.ListAsync(null, 10, CancellationToken.None)) is [{ Queued: 1 }]);
        var letter = (await letters.ListAsync(null, 10, CancellationToken.None)).Single();
        var asked = letters.RetryAsync(letter.Id, CancellationToken.None);
        await begun.Task.WaitAsync(DeliveryHarness.Limit);
        await Delivery.ExecuteAsync("update journal.dead_letter set discard_requested = true, retry_requested_at = now() where kind = 'fault'");
        failing.SetResult();
        (await asked).Status.ShouldBe(RetryStatus.StillFailing);

        Delivery.Get<ConsumerSet>().All.Single().RefreshHeld([.. Delivery.Get<EventHub>().Feeds]);

        await DeliveryHarness.UntilAsync(async () => (await Delivery.QueryAsync("select id::text from journal.dead_letter")).Count == 0);
        Reaction.Seen.ShouldBe([queued.Position]);
        calls.ShouldBe(2);
    }

    /// <summary>As a silo leaves it that is killed in the middle of a retry.</summary>
    [Fact]
    public async Task Start_WithAQueueWhoseLetterIsGone_DeliversIt()
    {
        SweepByHand();
        Reaction.Before = static recorded => recorded.Position.Seq == 1 ? throw new DeterministicFaultException("no such step") : Task.CompletedTask;
        await Delivery.StartAsync();
        await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        var queued = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        await DeliveryHarness.UntilAsync(async () => (await Delivery.QueryAsync("select id::text from journal.dead_letter")).Count == 2);
        await Delivery.StopAsync();
        await Delivery.ExecuteAsync("delete from journal.dead_letter where seq = 1");

        await Delivery.StartAsync();

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Contains(queued.Position));
    }

    /// <summary>A cut takes out the letters whose discard was asked for, and tells no silo.</summary>
    [Fact]
    public async Task React_BehindALetterThatWasTakenOutOfTheTable_GoesOn()
    {
        Reaction.Before = static recorded => recorded.Position.Seq == 1 ? throw new DeterministicFaultException("no such step") : Task.CompletedTask;
        await Delivery.StartAsync();
        await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);
        await DeliveryHarness.UntilAsync(async () => (await Delivery.QueryAsync("select id::text from journal.dead_letter")).Count == 1);
        await Delivery.ExecuteAsync("delete from journal.dead_letter");

        var next = await Delivery.Writer.WriteAsync(1, A, tell: Delivery.Observer);

        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Contains(next.Position));
    }

    /// <summary>The service's own sweep does not come in time.</summary>
    private void SweepByHand()
    {
        var options = Delivery.Options;
        Delivery.Options = given =>
        {
            options(given);
            given.SweepInterval = TimeSpan.FromHours(1);
        };
    }

    private async Task SeeAnotherAsync()
    {
        var another = await Delivery.Writer.WriteAsync(2, B, tell: Delivery.Observer);
        await DeliveryHarness.UntilAsync(() => Reaction.Seen.Contains(another.Position));
    }
}
