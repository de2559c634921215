namespace AwoooP.Runtime.Tests;

public sealed class CallCycleTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    [Fact]
    public async Task CallOfItself_IsRefusedWithTheChain()
    {
        var refusal = await Should.ThrowAsync<CallCycleException>(
            () => _silo.Grain("p/a").RunAsync(Scripts.Call("p/a", Scripts.Nothing), CancellationToken.None));

        refusal.Chain.ShouldBe(["script/p/a.RunAsync", "script/p/a.RunAsync"]);
    }

    [Fact]
    public async Task CallBackOverOthers_IsRefusedWithTheChain()
    {
        var refusal = await Should.ThrowAsync<CallCycleException>(() => _silo.Grain("p/a").RunAsync(
            Scripts.Call("p/b", Scripts.Call("p/c", Scripts.Call("p/a", Scripts.Nothing))), CancellationToken.None));

        refusal.Chain.ShouldBe(["script/p/c.RunAsync", "script/p/a.RunAsync", "script/p/b.RunAsync", "script/p/c.RunAsync"]);
    }

    [Fact]
    public async Task CallBackThatInterleaves_IsNoCycle()
    {
        await _silo.Grain("p/a").RunAsync(Scripts.Call("p/b", static (stage, token) =>
            stage.Grains.GetGrain<IScriptGrain>("p/a").InterleaveAsync(Scripts.Note("seen"), token)), CancellationToken.None);

        _silo.Diary.ShouldBe(["seen"]);
    }

    [Fact]
    public async Task FanOutThatMeetsAgain_IsNoCycle()
    {
        var gate = new Gate();
        var root = _silo.Grain("p/a").RunAsync(async (stage, token) => await Task.WhenAll(
            Scripts.Call("p/b", Scripts.Call("p/d", Scripts.Between("one", gate)))(stage, token),
            Scripts.Call("p/c", Scripts.Call("p/d", Scripts.Between("two", gate)))(stage, token)), CancellationToken.None);
        await gate.Reached;
        gate.Open();

        await root;

        _silo.Diary.Count.ShouldBe(4);
    }

    [Fact]
    public async Task TwoChainsThatHoldEachOthersGrain_AreACycle()
    {
        var left = new Gate();
        var right = new Gate();
        var one = _silo.Grain("p/a").RunAsync(WaitThenCall(left, "p/b"), CancellationToken.None);
        var two = _silo.Grain("p/b").RunAsync(WaitThenCall(right, "p/a"), CancellationToken.None);
        await left.Reached;
        await right.Reached;
        left.Open();
        right.Open();

        // One of them, or each, is refused; neither waits for the time-out, which never comes on this clock.
        var faults = new[] { await FaultOf(one), await FaultOf(two) };
        faults.ShouldContain(static fault => fault is CallCycleException);
        faults.ShouldAllBe(static fault => fault == null || fault is CallCycleException);

        static Script WaitThenCall(Gate gate, string key) => async (stage, token) =>
        {
            await gate.WaitAsync();
            await Scripts.Call(key, Scripts.Nothing)(stage, token);
        };
    }

    [Fact]
    public async Task ReadThatAReaderWaitsFor_PassesTheWriterThatWaitsBetween()
    {
        var gate = new Gate();
        var outer = _silo.Grain("p/a").ReadAsync(async (stage, token) =>
        {
            await gate.WaitAsync();
            await Scripts.Call("p/b", static (other, inner) =>
                other.Grains.GetGrain<IScriptGrain>("p/a").ReadAsync(Scripts.Note("read"), inner))(stage, token);
        }, CancellationToken.None);
        await gate.Reached;
        var write = _silo.Grain("p/a").RunAsync(Scripts.Note("write"), CancellationToken.None);
        gate.Open();

        await Task.WhenAll(outer, write);

        _silo.Diary.ShouldBe(["read", "write"]);
    }

    [Fact]
    public async Task OneWayCallBack_IsNoCycle()
    {
        var told = new Gate();
        told.Open();
        await _silo.Grain("p/a").RunAsync(Scripts.Call("p/b", (stage, token) =>
            stage.Grains.GetGrain<IScriptGrain>("p/a").TellAsync(Scripts.Wait(told), token)), CancellationToken.None);

        await told.Reached;
    }

    [Fact]
    public async Task CallDuringActivation_OfItself_IsACycle()
    {
        _silo.Lifecycle.Activating = Scripts.Call("p/a", Scripts.Nothing);

        await Should.ThrowAsync<CallCycleException>(() => _silo.Grain("p/a").RunAsync(Scripts.Nothing, CancellationToken.None));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    private static async Task<Exception?> FaultOf(Task task)
    {
        await ((Task)Task.WhenAny(task)).WaitAsync(TestSilo.Patience);
        return task.Exception?.InnerException;
    }
}
