namespace AwoooP.Runtime.Tests;

public sealed class ActivationTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    [Fact]
    public async Task FirstCall_OfAKey_ActivatesOnce()
    {
        var gate = new Gate();
        _silo.Lifecycle.Activating = Scripts.Between("activation", gate);
        var calls = Enumerable.Range(0, 10).Select(_ => _silo.Grain("p/a").GenerationAsync(CancellationToken.None)).ToList();
        await gate.Reached;
        gate.Open();

        (await Task.WhenAll(calls)).ShouldAllBe(static generation => generation == 1);
        _silo.Diary.ShouldBe(["activation begins", "activation ends"]);
    }

    [Fact]
    public async Task Activation_ThatFails_FailsThoseThatWaitAndNotTheNext()
    {
        var gate = new Gate();
        var fault = new InvalidOperationException("cannot load");
        _silo.Lifecycle.Activating = async (_, _) =>
        {
            await gate.WaitAsync();
            throw fault;
        };
        var calls = Enumerable.Range(0, 3).Select(_ => _silo.Grain("p/a").GenerationAsync(CancellationToken.None)).ToList();
        await gate.Reached;
        gate.Open();

        foreach (var call in calls)
            (await Should.ThrowAsync<InvalidOperationException>(() => call)).ShouldBeSameAs(fault);
        _silo.ActivationOf("p/a").ShouldBeNull();

        _silo.Lifecycle.Activating = Scripts.Nothing;
        (await _silo.Grain("p/a").GenerationAsync(CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task Activation_ThatTakesTooLong_IsCancelledAndDropped()
    {
        var begun = new Gate();
        _silo.Lifecycle.Activating = Scripts.UntilCancelled(begun);
        var call = _silo.Grain("p/a").GenerationAsync(CancellationToken.None);
        await begun.Reached;

        _silo.Clock.Advance(_silo.Engine.Options.ActivationTimeout + TimeSpan.FromSeconds(1));

        await Should.ThrowAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task DeactivateOnIdle_InsideATurn_FinishesItAndRoutesTheRestToAFreshActivation()
    {
        var gate = new Gate();
        var grain = _silo.Grain("p/a");
        var leaving = grain.RunAsync(async (stage, _) =>
        {
            stage.Leave();
            await gate.WaitAsync();
            stage.Note($"turn of {stage.Generation} ends");
        }, CancellationToken.None);
        await gate.Reached;
        var waiting = Enumerable.Range(0, 5).Select(number => grain.RunAsync((stage, _) =>
        {
            stage.Note($"{number} on {stage.Generation}");
            return Task.CompletedTask;
        }, CancellationToken.None)).ToList();
        gate.Open();

        await leaving;
        await Task.WhenAll(waiting);

        _silo.Diary.ShouldBe(["turn of 1 ends", "p/a leaves: ApplicationRequested", "0 on 2", "1 on 2", "2 on 2", "3 on 2", "4 on 2"]);
    }

    [Fact]
    public async Task DeactivateOnIdle_WhileAnInterleavingCallIsNeeded_LetsItThrough()
    {
        await _silo.Grain("p/a").RunAsync((stage, cancellationToken) =>
        {
            stage.Leave();
            return Scripts.Call("p/b", static (other, token) =>
                other.Grains.GetGrain<IScriptGrain>("p/a").InterleaveAsync(Scripts.Note("looked"), token))(stage, cancellationToken);
        }, CancellationToken.None);

        _silo.Diary.ShouldContain("looked");
    }

    [Fact]
    public async Task Deactivation_UnderWay_IsAwaitedBeforeTheNextActivation()
    {
        var gate = new Gate();
        _silo.Lifecycle.Deactivating = Scripts.Between("goodbye", gate);
        var grain = _silo.Grain("p/a");
        await grain.RunAsync(static (stage, _) =>
        {
            stage.Leave();
            return Task.CompletedTask;
        }, CancellationToken.None);
        await gate.Reached;
        var next = grain.GenerationAsync(CancellationToken.None);
        next.IsCompleted.ShouldBeFalse();

        gate.Open();

        (await next).ShouldBe(2);
        _silo.Diary.ShouldBe(["p/a leaves: ApplicationRequested", "goodbye begins", "goodbye ends"]);
    }

    [Fact]
    public async Task DeactivateOnIdle_InsideTheActivation_ServesThoseThatWaitFirst()
    {
        _silo.Lifecycle.Activating = static (stage, _) =>
        {
            stage.Leave();
            return Task.CompletedTask;
        };

        (await _silo.Grain("p/a").GenerationAsync(CancellationToken.None)).ShouldBe(1);
        (await _silo.Grain("p/a").GenerationAsync(CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task DeactivateAsync_OfSelectedGrains_LeavesTheOthers()
    {
        await _silo.Grain("one/a").TouchAsync();
        await _silo.Grain("two/a").TouchAsync();

        await _silo.Engine.DeactivateAsync(
            static grain => grain.Key.StartsWith("one/", StringComparison.Ordinal),
            new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "test"),
            CancellationToken.None);

        _silo.Activations().ShouldHaveSingleItem().Key.ShouldBe("two/a");
    }

    [Fact]
    public async Task Deactivation_ThatHangs_IsGivenUp()
    {
        var begun = new Gate();
        _silo.Lifecycle.Deactivating = Scripts.UntilCancelled(begun);
        await _silo.Grain("p/a").TouchAsync();
        var activation = _silo.ActivationOf("p/a")!;
        activation.Deactivate(new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "test"), CancellationToken.None);
        await begun.Reached;

        _silo.Clock.Advance(_silo.Engine.Options.DeactivationTimeout + TimeSpan.FromSeconds(1));

        await activation.WhenRetired().WaitAsync(TestSilo.Patience);
        (await _silo.Grain("p/a").GenerationAsync(CancellationToken.None)).ShouldBe(2);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();
}
