namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>What becomes of calls whose connection ends.</summary>
public sealed class LostLinkTests : ThreeSilos
{
    [Fact]
    public async Task LostLink_OfACallThatMayHaveRun_IsTold()
    {
        Place("p/a", Two);
        var gate = new Gate();
        var call = One.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        One.CutLinks();

        await Should.ThrowAsync<CallLostException>(() => call);
        gate.Open();
        (await One.Grain("p/a").AddAsync(1, 2)).ShouldBe(3);
    }

    [Fact]
    public async Task LostLink_OfARead_IsReadAgain()
    {
        Place("p/a", Two);
        var first = new Gate();
        var reads = 0;
        var call = One.Grain("p/a").ReadAsync((_, _) => Interlocked.Increment(ref reads) == 1 ? first.WaitAsync() : Task.CompletedTask, CancellationToken.None);
        await first.Reached;

        One.CutLinks();
        await call;

        first.Open();
        reads.ShouldBe(2);
    }

    [Fact]
    public async Task LostLink_OfARepeatableCall_IsSentAgain()
    {
        Place("p/a", Two);
        RequestContext.Set("carried", "repeatable");
        var first = new Gate();
        var runs = 0;
        var call = One.Grain("p/a").InterleaveAsync((_, _) => Interlocked.Increment(ref runs) == 1 ? first.WaitAsync() : Task.CompletedTask, CancellationToken.None);
        await first.Reached;

        One.CutLinks();
        await call;

        first.Open();
        runs.ShouldBe(2);
    }

    [Fact]
    public async Task LostLink_OfARepeatableCallWhoseRepeatChangesNothing_IsToldThatItMayHaveRun()
    {
        Place("p/a", Two);
        RequestContext.Set("carried", "repeatable");
        var first = new Gate();
        var runs = 0;
        var call = One.Grain("p/a").InterleaveAsync(
            (_, _) => Interlocked.Increment(ref runs) == 1 ? first.WaitAsync() : throw new PromisedException("Nothing was changed."), CancellationToken.None);
        await first.Reached;

        One.CutLinks();

        await Should.ThrowAsync<CallLostException>(() => call);
        first.Open();
    }

    [Fact]
    public async Task LostLink_OfARepeatableCallThatFindsNoOwnerAgain_IsToldThatItMayHaveRun()
    {
        await using var hasty = await TestNode.StartAsync("silo-4", static engine => engine.ParkLimit = TimeSpan.FromMilliseconds(200));
        hasty.Map.Learn("p/a", Two.Member);
        Two.Map.Learn("p/a", Two.Member);
        RequestContext.Set("carried", "repeatable");
        var gate = new Gate();
        var call = hasty.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        hasty.Map.Learn("p/a", null);
        hasty.CutLinks();

        await Should.ThrowAsync<CallLostException>(() => call);
        gate.Open();
    }

    [Fact]
    public async Task LostLinkOfTheAsker_CancelsWhatItAsked()
    {
        // So patient that the clock ends nothing here.
        await using var patient = await TestNode.StartAsync("silo-4", static engine => engine.CallTimeout = TimeSpan.FromMinutes(10));
        patient.Map.Learn("p/a", Two.Member);
        Place("p/a", Two);
        var begun = new Gate();
        var call = patient.Grain("p/a").RunAsync(Scripts.UntilCancelled(begun), CancellationToken.None);
        await begun.Reached;

        patient.CutLinks();

        await Should.ThrowAsync<CallLostException>(() => call);
        await Testing.Eventually.BecomesTrueAsync(() => Two.Diary.Contains("cancelled"), "the grain was told");
    }
}
