using AwoooP.Testing;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Calls that wait for an owner.</summary>
public sealed class ParkedCallTests : ThreeSilos
{
    [Fact]
    public async Task Call_WhileNobodyOwnsTheGrain_WaitsForAnOwner()
    {
        Place("p/a", null);
        var call = One.Grain("p/a").AddAsync(1, 2);
        await Eventually.BecomesTrueAsync(() => One.Engine.Cluster!.Router.Parked == 1, "the call waits");

        Place("p/a", Two);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Call_ThatFindsNoOwnerInTime_IsRefused()
    {
        await using var hasty = await TestNode.StartAsync("silo-4", static engine => engine.ParkLimit = TimeSpan.FromMilliseconds(100));

        (await Should.ThrowAsync<GrainUnplacedException>(() => hasty.Grain("p/a").AddAsync(1, 2))).Target.ShouldBe(new GrainId("script", "p/a"));
    }

    [Fact]
    public async Task Call_ThatIsSentToOneWhoSaysThatItIsNotThere_IsRefusedInTime()
    {
        await using var hasty = await TestNode.StartAsync("silo-4", static engine => engine.ParkLimit = TimeSpan.FromMilliseconds(100));
        hasty.Map.Learn("p/a", Two.Member);

        (await Should.ThrowAsync<GrainUnplacedException>(() => hasty.Grain("p/a").AddAsync(1, 2))).Target.ShouldBe(new GrainId("script", "p/a"));
    }

    [Fact]
    public async Task Calls_OverTheBoundOfThoseThatWait_AreRefused()
    {
        // On a clock that stands still the first one does not look for an owner meanwhile, and so keeps its place.
        await using var small = await TestNode.StartAsync("silo-4", static engine => engine.MaxParkedCalls = 1, time: new FakeClock());
        var first = small.Grain("p/a").AddAsync(1, 2);

        await Should.ThrowAsync<OverloadedException>(() => small.Grain("p/a").AddAsync(1, 2));

        small.Map.Learn("p/a", small.Member);
        (await first).ShouldBe(3);
    }

    [Fact]
    public async Task Stopping_OfTheOwner_LeavesCallsToTheNextOne()
    {
        Place("p/a", Two);
        await One.Grain("p/a").TouchAsync();
        await Two.StopAsync();
        var call = One.Grain("p/a").AddAsync(1, 2);

        Place("p/a", Three);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Calls_ForASiloThatIsAway_LeaveRoomForThoseThatWaitForOthers()
    {
        await using var small = await TestNode.StartAsync("silo-4", static engine => engine.MaxParkedCallsPerSilo = 1);
        small.Map.Learn("p/a", Two.Member with { SiloId = "away", Address = "127.0.0.1:1" });
        Task<int>[] calls = [small.Grain("p/a").AddAsync(1, 2), small.Grain("p/a").AddAsync(1, 2)];
        // Either of them: the one that waits tries the silo again now and then, and the other may have its place by then.
        var refused = await Task.WhenAny(calls);
        await Should.ThrowAsync<OverloadedException>(() => refused);

        var other = small.Grain("p/b").AddAsync(3, 4);
        var third = small.Grain("p/b").AddAsync(5, 6);
        small.Map.Learn("p/b", small.Member);

        (await other).ShouldBe(7);
        (await third).ShouldBe(11);
        small.Map.Learn("p/a", small.Member);
        (await calls.Single(call => call != refused)).ShouldBe(3);
    }
}
