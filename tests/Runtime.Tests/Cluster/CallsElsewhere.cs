namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>What holds for a call of a grain at another silo, whichever way it gets there. The first silo calls.</summary>
public abstract class CallsElsewhere : ThreeSilos
{
    [Fact]
    public async Task Fault_ThatIsPromised_KeepsItsType()
    {
        PlaceElsewhere("p/a");

        var fault = await Should.ThrowAsync<PromisedException>(() => One.Grain("p/a").RunAsync(static (_, _) => throw new PromisedException("as agreed"), CancellationToken.None));

        fault.Message.ShouldBe("as agreed");
    }

    [Fact]
    public async Task Fault_ThatNobodyPromised_IsToldWithItsName()
    {
        PlaceElsewhere("p/a");

        var fault = await Should.ThrowAsync<RemoteGrainException>(() => One.Grain("p/a").RunAsync(static (_, _) => throw new FormatException("odd"), CancellationToken.None));

        fault.Message.ShouldBe("script/p/a failed: FormatException: odd");
    }

    [Fact]
    public async Task Cancellation_OfTheCaller_ReachesTheGrain()
    {
        var owner = PlaceElsewhere("p/a");
        var begun = new Gate();
        using var cancellation = new CancellationTokenSource();
        var call = One.Grain("p/a").RunAsync(Scripts.UntilCancelled(begun), cancellation.Token);
        await begun.Reached;

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Testing.Eventually.BecomesTrueAsync(() => owner.Diary.Contains("cancelled"), "the grain was told");
    }

    [Fact]
    public async Task LostLinkToTheOwner_OfACallThatMayHaveRun_IsTold()
    {
        var owner = PlaceElsewhere("p/a");
        var gate = new Gate();
        var call = One.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        owner.CutLinks();

        await Should.ThrowAsync<CallLostException>(() => call);
        gate.Open();
    }

    /// <returns>The owner.</returns>
    private protected abstract TestNode PlaceElsewhere(string key);
}
