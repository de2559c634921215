namespace AwoooP.Runtime.Tests;

public sealed class TimeoutTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    [Fact]
    public async Task Call_WithoutAnAnswerInTime_FailsAndCancelsTheTurn()
    {
        var begun = new Gate();
        var call = _silo.Grain("p/a").RunAsync(Scripts.UntilCancelled(begun), CancellationToken.None);
        await begun.Reached;

        _silo.Clock.Advance(TimeSpan.FromSeconds(29));
        call.IsCompleted.ShouldBeFalse();
        _silo.Clock.Advance(TimeSpan.FromSeconds(2));

        var timeout = await Should.ThrowAsync<CallTimeoutException>(() => call);
        timeout.Target.ShouldBe(new GrainId("script", "p/a"));
        // The turn goes on until it heeds its token; the next one runs after it.
        await _silo.Grain("p/a").TouchAsync();
        _silo.Diary.ShouldBe(["cancelled"]);
    }

    [Fact]
    public async Task Call_ThatTimesOutWhileItWaits_IsNeverRun()
    {
        var gate = new Gate();
        var grain = _silo.Grain("p/a");
        var running = grain.RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;
        var waiting = grain.RunAsync(Scripts.Note("must not run"), CancellationToken.None);

        _silo.Clock.Advance(TimeSpan.FromSeconds(31));

        await Should.ThrowAsync<CallTimeoutException>(() => running);
        await Should.ThrowAsync<CallTimeoutException>(() => waiting);
        gate.Open();
        await grain.TouchAsync();
        _silo.Diary.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_CancelledByItsCaller_EndsAtOnceAndCancelsTheTurn()
    {
        using var source = new CancellationTokenSource();
        var begun = new Gate();
        var call = _silo.Grain("p/a").RunAsync(Scripts.UntilCancelled(begun), source.Token);
        await begun.Reached;

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await _silo.Grain("p/a").TouchAsync();
        _silo.Diary.ShouldBe(["cancelled"]);
    }

    [Fact]
    public async Task Call_CancelledWhileItWaits_IsNeverRun()
    {
        using var source = new CancellationTokenSource();
        var gate = new Gate();
        var grain = _silo.Grain("p/a");
        var running = grain.RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;
        var waiting = grain.RunAsync(Scripts.Note("must not run"), source.Token);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        gate.Open();
        await running;
        await grain.TouchAsync();
        _silo.Diary.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_WithACancelledToken_IsNotSent()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => _silo.Grain("p/a").RunAsync(Scripts.Nothing, new CancellationToken(canceled: true)));

        _silo.Engine.Activations.ShouldBe(0);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();
}
