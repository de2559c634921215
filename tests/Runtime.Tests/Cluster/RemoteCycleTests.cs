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
}
