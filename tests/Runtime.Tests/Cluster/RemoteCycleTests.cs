namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Who waits for whom, over silos.</summary>
public sealed class RemoteCycleTests : ThreeSilos
{
    [Fact]
    public async Task CallBack_OverSilos_IsRefusedWithTheChain()
    {
        Place("p/a", One);
        Place("p/b", Two);
        Place("p/c", Three);

        var refusal = await Should.ThrowAsync<CallCycleException>(() => One.Grain("p/a").RunAsync(
            Scripts.Call("p/b", Scripts.Call("p/c", Scripts.Call("p/a", Scripts.Nothing))), CancellationToken.None));

        refusal.Chain.ShouldBe(["script/p/c.RunAsync", "script/p/a.RunAsync"]);
    }

    [Fact]
    public async Task FanOut_OverSilosThatMeetsAgain_IsNoCycle()
    {
        Place("p/a", One);
        Place("p/b", Two);
        Place("p/c", Three);
        Place("p/d", One);
        var gate = new Gate();
        var root = One.Grain("p/a").RunAsync(async (stage, token) => await Task.WhenAll(
            Scripts.Call("p/b", Scripts.Call("p/d", Scripts.Between("one", gate)))(stage, token),
            Scripts.Call("p/c", Scripts.Call("p/d", Scripts.Between("two", gate)))(stage, token)), CancellationToken.None);
        await gate.Reached;
        gate.Open();

        await root;

        One.Diary.Count.ShouldBe(4);
    }

    [Fact]
    public async Task CallBack_ForACallThatWasGivenUp_IsNoCycle()
    {
        Place("p/a", One);
        Place("p/b", Two);
        var (called, givenUp) = (new Gate(), new Gate());
        using var cancellation = new CancellationTokenSource();
        var running = One.Grain("p/a").RunAsync(
            async (stage, _) =>
            {
                var call = stage.Grains.GetGrain<IScriptGrain>("p/b").RunAsync(
                    async (other, _) =>
                    {
                        await called.WaitAsync();
                        other.Note($"{await other.Grains.GetGrain<IScriptGrain>("p/a").AddAsync(1, 2)}");
                    },
                    cancellation.Token);
                await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                await givenUp.WaitAsync();
            },
            CancellationToken.None);
        await called.Reached;
        await cancellation.CancelAsync();
        await givenUp.Reached;

        called.Open();
        await Testing.Eventually.BecomesTrueAsync(() => One.Engine.Hosts.SelectMany(static host => host.Activations()).Single().WaitingCount == 1, "the call back waits");
        givenUp.Open();

        await running;
        await Testing.Eventually.BecomesTrueAsync(() => Two.Diary.Contains("3"), "it is answered");
    }
}
