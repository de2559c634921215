namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Calls by a map that is old.</summary>
public sealed class ForwardedCallTests : ThreeSilos
{
    [Fact]
    public async Task Call_ByAnOldMap_IsSentOnOnceAndTheMapIsLookedAtAgain()
    {
        Place("p/a", Three);
        One.Map.Learn("p/a", Two.Member);

        (await One.Grain("p/a").AddAsync(1, 2)).ShouldBe(3);

        Three.Engine.Activations.ShouldBe(1);
        await Testing.Eventually.BecomesTrueAsync(() => One.Map.Refreshes > 0, "the caller looks at the map again");
    }

    [Fact]
    public async Task Call_SentInACircle_GoesBackToItsCallerAndArrivesOnceTheMapIsRight()
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
    public async Task Fault_OfACallThatWasSentOn_IsToldAsTheOwnerToldIt()
    {
        PlaceByAnOldMap();

        (await Should.ThrowAsync<RemoteGrainException>(() => One.Grain("p/a").RunAsync(static (_, _) => throw new FormatException("odd"), CancellationToken.None)))
            .Message.ShouldBe("script/p/a failed: FormatException: odd");
        await Should.ThrowAsync<PromisedException>(() => One.Grain("p/a").RunAsync(static (_, _) => throw new PromisedException("as agreed"), CancellationToken.None));
    }

    [Fact]
    public async Task Cancellation_OfACallThatWasSentOn_ReachesTheGrain()
    {
        PlaceByAnOldMap();
        var begun = new Gate();
        using var cancellation = new CancellationTokenSource();
        var call = One.Grain("p/a").RunAsync(Scripts.UntilCancelled(begun), cancellation.Token);
        await begun.Reached;

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Testing.Eventually.BecomesTrueAsync(() => Three.Diary.Contains("cancelled"), "the grain was told");
    }

    [Fact]
    public async Task LostLinkToTheOwner_OfACallThatWasSentOn_IsTold()
    {
        PlaceByAnOldMap();
        var gate = new Gate();
        var call = One.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        Three.CutLinks();

        await Should.ThrowAsync<CallLostException>(() => call);
        gate.Open();
    }

    /// <summary>The first silo believes that the second one has it; it is at the third.</summary>
    private void PlaceByAnOldMap()
    {
        Place("p/a", Three);
        One.Map.Learn("p/a", Two.Member);
    }
}
