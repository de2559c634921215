namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Calls by a map that is old.</summary>
public sealed class ForwardedCallTests : CallsElsewhere
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ByAnOldMap_IsForwardedOnceAndTheMapIsLookedAtAgain(bool ofAClient)
    {
        await using var client = await TestNode.StartClientAsync("client-1");
        var caller = ofAClient ? client : One;
        Place("p/a", Three);
        caller.Map.Learn("p/a", Two.Member);

        (await caller.Grain("p/a").AddAsync(1, 2)).ShouldBe(3);

        Three.Engine.Activations.ShouldBe(1);
        await Testing.Eventually.BecomesTrueAsync(() => caller.Map.Refreshes > 0, "the caller looks at the map again");
    }

    [Fact]
    public async Task Call_ForwardedInACircle_GoesBackToItsCallerAndArrivesOnceTheMapIsRight()
    {
        One.Map.Learn("p/a", Two.Member);
        Two.Map.Learn("p/a", Three.Member);
        Three.Map.Learn("p/a", Two.Member);
        var call = One.Grain("p/a").AddAsync(1, 2);
        await Testing.Eventually.BecomesTrueAsync(() => One.Map.Refreshes > 0, "the caller looks at the map again");

        Place("p/a", Three);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Stopping_OfTheSiloBetween_WaitsForTheAnswer()
    {
        PlaceElsewhere("p/a");
        var gate = new Gate();
        var call = One.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        // It has no grains, so that there is nothing else to wait for.
        var draining = Two.Engine.DrainAsync(CancellationToken.None);
        draining.IsCompleted.ShouldBeFalse();

        gate.Open();
        await draining.WaitAsync(TestSilo.Patience);
        await Two.StopAsync();
        await call;
    }

    [Fact]
    public async Task Stopping_OfTheSiloBetween_IsNotHeldUpByACallThatWasGivenUp()
    {
        PlaceElsewhere("p/a");
        var begun = new Gate();
        using var cancellation = new CancellationTokenSource();
        var call = One.Grain("p/a").RunAsync(Scripts.UntilCancelled(begun), cancellation.Token);
        await begun.Reached;
        var draining = Two.Engine.DrainAsync(CancellationToken.None);
        draining.IsCompleted.ShouldBeFalse();

        await cancellation.CancelAsync();

        await draining.WaitAsync(TestSilo.Patience);
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Call_ByAnOldMap_ToASiloThatIsDrained_WaitsAtItsCallerForAMapThatIsRight()
    {
        PlaceElsewhere("p/a");
        await Two.Engine.DrainAsync(CancellationToken.None);
        var call = One.Grain("p/a").AddAsync(1, 2);
        await Testing.Eventually.BecomesTrueAsync(() => One.Map.Refreshes > 0, "the caller looks at the map again");
        await Testing.Eventually.BecomesTrueAsync(() => One.Engine.Cluster!.Router.Parked == 1, "the call waits at its caller");

        One.Map.Learn("p/a", Three.Member);

        (await call).ShouldBe(3);
    }

    /// <summary>Two silos understand each other, and the caller takes shorter frames than they do.</summary>
    [Fact]
    public async Task Fault_LongerThanItsCallerTakes_IsTheLossOfThatCallAlone()
    {
        await using var client = await TestNode.StartClientAsync("client-1", connect: static link => link.MaxFrameBytes = 2048);
        Place("p/a", Three);
        client.Map.Learn("p/a", Two.Member);
        await Two.Grain("p/a").TouchAsync();
        var link = Two.Peers.TryGet("silo-3").ShouldNotBeNull();

        await Should.ThrowAsync<CallLostException>(() => client.Grain("p/a").RunAsync(
            static (_, _) => throw new InvalidOperationException(new string('x', 4096)), CancellationToken.None));

        await Testing.Eventually.BecomesTrueAsync(() => Two.Engine.Cluster!.Router.Forwarded == 0, "the call is counted out");
        Two.Peers.TryGet("silo-3").ShouldBeSameAs(link);
    }

    /// <summary>The first silo believes that the second one has it; it is at the third.</summary>
    private protected override TestNode PlaceElsewhere(string key)
    {
        Place(key, Three);
        One.Map.Learn(key, Two.Member);
        return Three;
    }
}
