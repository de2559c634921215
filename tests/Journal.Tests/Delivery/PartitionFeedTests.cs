using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>
/// One partition under every order of commit, told event, read and lost answer: each consumer gets what it wants once, in order,
/// and no position passes what was not handed out.
/// </summary>
public sealed class PartitionFeedTests
{
    private static readonly string[][] Wants = [["a"], ["b"], ["a", "b"], ["c"]];

    [Fact]
    public async Task Take_TableAheadOfWhatWasTold_OthersStillGetIt()
    {
        var log = new FeedLog(Wants, tailEvents: 8);
        log.Commit("a");
        log.Tell();
        log.Start([0, 1, 1, 1]);

        // The first consumer reads the table between the commit and the moment when the feed is told of it.
        log.Commit("b");
        await log.TakeAsync(0);
        log.Tell();
        await log.TakeEverythingAsync();

        log.Taken[1].ShouldBe([2L]);
    }

    [Fact]
    public async Task Take_OlderEventToldAfterItWasRead_IsNotTakenForTheNewest()
    {
        var log = new FeedLog(Wants, tailEvents: 8);
        log.Start([0, 0, 0, 0]);
        log.Commit("a");
        log.Commit("a");
        log.Feed.Distrust();
        await log.TakeAsync(0);
        log.Tell();
        log.HandleOne(0);

        log.Feed.GetMove(0, skipAtLeast: 1)!.Value.To.ShouldBe(1, "the second event is handed out, but not handled");
    }

    [Fact]
    public async Task Distrust_WhileAPageIsOnItsWay_IsNotEndedByThatPage()
    {
        var log = new FeedLog(Wants, tailEvents: 8);
        log.Start([0, 0, 0, 0]);
        await log.TakeEverythingAsync();
        log.Feed.Distrust();
        log.AfterRead = () =>
        {
            log.AfterRead = static () => { };
            log.Commit("a");
            log.LoseNextTell();
        };

        await log.TakeEverythingAsync();

        log.CheckEverythingTaken();
    }

    [Fact]
    public async Task Distrust_BeforeTheStart_StandsAfterIt()
    {
        var log = new FeedLog(Wants, tailEvents: 8);
        log.Feed.Distrust();
        log.Start([0, 0, 0, 0]);
        log.Commit("a");

        await log.TakeEverythingAsync();

        log.Taken[0].ShouldBe([1L]);
    }

    /// <summary>What memory no longer holds is looked for in the table, and is not there either: its tenant was taken out.</summary>
    [Fact]
    public async Task Take_WhatWasToldHasLeftTheTable_PassesItInsteadOfWaitingForIt()
    {
        var log = new FeedLog(Wants, tailEvents: 1);
        log.Start([0, 0, 0, 0]);
        log.Commit("a");
        log.Commit("a");
        log.Commit("b");
        log.TellAll();
        log.TakeOut(1, 2, 3);

        await log.TakeEverythingAsync();
        log.HandleOne(0);

        log.Taken[0].ShouldBeEmpty();
        log.Feed.GetLag(0).ShouldBe(0, "nothing is left that it could be behind");
        (await log.Feed.WaitAsync(3, [0], new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token)).ShouldBeTrue();

        log.Commit("a");
        log.TellAll();
        await log.TakeEverythingAsync();
        log.Taken[0].ShouldBe([4L]);
    }

    [Fact]
    public async Task Take_OfAPageWithNumbersMissing_GoesOnBehindThem()
    {
        var log = new FeedLog(Wants, tailEvents: 8);
        foreach (var type in (string[])["a", "a", "b", "a", "a", "a"])
            log.Commit(type);
        log.TakeOut(2, 4, 6);
        log.Start([0, 0, 0, 0]);

        await log.TakeEverythingAsync();

        log.Taken[0].ShouldBe([1L, 5L]);
        log.Taken[1].ShouldBe([3L]);
    }

    /// <summary>Whether it is a type or a version that the build does not know, a consumer of the newer build may want it.</summary>
    [Theory]
    [InlineData("reshaped", 1)]
    [InlineData("a", 2)]
    public async Task Take_UpToAnEventOfANewerBuild_StopsBeforeIt(string type, int version)
    {
        var log = new FeedLog(Wants, tailEvents: 8, new KnownTypes("a", "b", "c"));
        log.Commit("a");
        log.Table.Add(FeedLog.Event(0, 2, type) with { TypeVersion = version });
        log.Commit("a");
        log.Start([0, 0, 0, 0]);

        for (var consumer = 0; consumer < Wants.Length; consumer++)
        {
            (await log.TakeAsync(consumer)).ShouldBeTrue("what lies before it is handed out");
            var fault = await Should.ThrowAsync<UnknownEventException>(() => log.TakeAsync(consumer));
            fault.Message.ShouldBe($"{type} version {version} at 1.0.2 is of a newer build");
            log.HandleOne(consumer);
            log.HandleOne(consumer);
            log.Feed.GetMove(consumer, skipAtLeast: 1)!.Value.To.ShouldBe(1);
            log.Feed.GetLag(consumer).ShouldBe(2);
            log.Feed.WaitAsync(2, [consumer], DeliveryHarness.Limit).IsCompleted.ShouldBeFalse("it has not passed the event");
        }

        log.Taken[0].ShouldBe([1L]);
        log.Taken[1].ShouldBeEmpty();
        log.Taken[2].ShouldBe([1L]);
    }

    [Fact]
    public async Task Append_OfAnEventOfANewerBuild_HoldsBackWhoeverIsUpToDate()
    {
        var log = new FeedLog(Wants, tailEvents: 8, new KnownTypes("a", "b", "c"));
        log.Start([0, 0, 0, 0]);
        await log.TakeEverythingAsync();
        log.Commit("a");
        log.Commit("reshaped");
        log.Commit("a");
        log.TellAll();

        (await log.TakeAsync(0)).ShouldBeTrue();
        log.HandleOne(0);
        await Should.ThrowAsync<UnknownEventException>(() => log.TakeAsync(0));
        (await log.TakeAsync(3)).ShouldBeTrue("it looks through what it does not want");
        log.HandleOne(3);
        await Should.ThrowAsync<UnknownEventException>(() => log.TakeAsync(3));

        log.Taken[0].ShouldBe([1L]);
        log.Feed.GetMove(0, skipAtLeast: 1)!.Value.To.ShouldBe(1);
        log.Feed.GetMove(3, skipAtLeast: 1)!.Value.To.ShouldBe(1, "it may not pass what its newer build may want");
    }

    [Fact]
    public async Task Take_WhenTheEventOfANewerBuildHasLeftTheTable_GoesOn()
    {
        var log = new FeedLog(Wants, tailEvents: 8, new KnownTypes("a", "b", "c"));
        log.Commit("reshaped");
        log.Commit("a");
        log.Start([0, 0, 0, 0]);
        await Should.ThrowAsync<UnknownEventException>(() => log.TakeAsync(0));

        log.TakeOut(1);
        log.Feed.CompareWithTable(2);
        await log.TakeEverythingAsync();

        log.Taken[0].ShouldBe([2L]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Take_AnyOrderOfSteps_HandsOutOnceAndInOrder(int seed)
    {
        var random = new Random(seed);

        // A sweep makes good what else goes wrong, so every other history does without.
        var sweeps = seed % 2 == 0;
        var log = new FeedLog(Wants, tailEvents: random.Next(1, 6));
        var started = false;
        log.AfterRead = () =>
        {
            // What happens while a page is on its way from the server.
            if (random.Next(2) == 0)
                log.Commit("b");
            if (random.Next(2) == 0)
                log.Tell();
            if (random.Next(4) == 0)
                log.LoseNextTell();
        };
        for (var step = 0; step < 400; step++)
        {
            switch (random.Next(10))
            {
                case 0 or 1 or 2:
                    log.Commit(((char)('a' + random.Next(3))).ToString());
                    break;
                case 3 or 4:
                    log.Tell();
                    break;
                case 5 when started && random.Next(4) == 0:
                    log.LoseNextTell();
                    break;
                case 6 when started && sweeps && random.Next(4) == 0:
                    log.Feed.CompareWithTable(log.Table.Count);
                    break;
                case 7 when !started:
                    log.Start([.. Wants.Select(_ => (long)random.Next(log.Table.Count + 1))]);
                    started = true;
                    break;
                case 8 when started:
                    log.HandleOne(random.Next(Wants.Length));
                    break;
                case var _ when started:
                    await log.TakeAsync(random.Next(Wants.Length));
                    break;
            }

            log.CheckPositions();
        }

        log.AfterRead = static () => { };
        if (!started)
            log.Start([0, 0, 0, 0]);
        log.TellAll();
        await log.TakeEverythingAsync();

        log.CheckEverythingTaken();
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];
}
