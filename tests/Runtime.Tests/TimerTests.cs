namespace AwoooP.Runtime.Tests;

public sealed class TimerTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TestSilo _silo = new();

    [Fact]
    public async Task Timer_TicksOncePerPeriod_FromTheEndOfTheLastTick()
    {
        await RegisterAsync(new GrainTimerCreationOptions(Second, Second), Scripts.Note("tick"));

        for (var tick = 1; tick <= 3; tick++)
        {
            _silo.Clock.Advance(Second);
            await FlushAsync();
            _silo.Diary.Count.ShouldBe(tick);
        }
    }

    [Fact]
    public async Task Timer_DueDuringATurn_WaitsForItsEnd()
    {
        var gate = new Gate();
        await RegisterAsync(new GrainTimerCreationOptions(Second, Timeout.InfiniteTimeSpan), Scripts.Note("tick"));
        var turn = _silo.Grain("p/a").RunAsync(Scripts.Between("turn", gate), CancellationToken.None);
        await gate.Reached;

        _silo.Clock.Advance(Second);
        await _silo.Grain("p/a").InterleaveAsync(Scripts.Nothing, CancellationToken.None);
        _silo.Diary.ShouldBe(["turn begins"]);

        gate.Open();
        await turn;
        await FlushAsync();
        _silo.Diary.ShouldBe(["turn begins", "turn ends", "tick"]);
    }

    [Fact]
    public async Task InterleavingTimer_DueDuringATurn_TicksInItsAwaits()
    {
        var gate = new Gate();
        await RegisterAsync(new GrainTimerCreationOptions(Second, Timeout.InfiniteTimeSpan) { Interleave = true }, Scripts.Note("tick"));
        var turn = _silo.Grain("p/a").RunAsync(Scripts.Between("turn", gate), CancellationToken.None);
        await gate.Reached;

        _silo.Clock.Advance(Second);
        await _silo.Grain("p/a").InterleaveAsync(Scripts.Nothing, CancellationToken.None);
        _silo.Diary.ShouldBe(["turn begins", "tick"]);

        gate.Open();
        await turn;
    }

    [Fact]
    public async Task Timer_Changed_TicksByItsNewSetting()
    {
        var timer = await RegisterAsync(new GrainTimerCreationOptions(Second, Second), Scripts.Note("tick"));
        timer.Change(Second * 5, Timeout.InfiniteTimeSpan);

        _silo.Clock.Advance(Second * 4);
        await FlushAsync();
        _silo.Diary.ShouldBeEmpty();

        _silo.Clock.Advance(Second * 10);
        await FlushAsync();
        _silo.Clock.Advance(Second * 10);
        await FlushAsync();
        _silo.Diary.ShouldBe(["tick"]);
    }

    [Fact]
    public async Task Timer_ThatThrows_TicksAgain()
    {
        await RegisterAsync(new GrainTimerCreationOptions(Second, Second), static (stage, _) =>
        {
            stage.Note("tick");
            throw new InvalidOperationException("tick");
        });

        _silo.Clock.Advance(Second);
        await FlushAsync();
        _silo.Clock.Advance(Second);
        await FlushAsync();

        _silo.Diary.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Timer_OfAnActivationThatLeft_TicksNoMore()
    {
        CancellationToken ofTimer = default;
        await RegisterAsync(new GrainTimerCreationOptions(Second, Second), (stage, token) =>
        {
            ofTimer = token;
            stage.Note("tick");
            return Task.CompletedTask;
        });
        _silo.Clock.Advance(Second);
        await FlushAsync();
        var activation = _silo.ActivationOf("p/a")!;
        activation.Deactivate(new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "test"), CancellationToken.None);
        await activation.WhenRetired().WaitAsync(TestSilo.Patience);

        _silo.Clock.Advance(Second * 10);
        await FlushAsync();

        ofTimer.IsCancellationRequested.ShouldBeTrue();
        _silo.Diary.ShouldBe(["tick", "p/a leaves: RuntimeRequested"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Timer_KeepsItsActivation_OnlyIfAskedTo(bool keepAlive)
    {
        await RegisterAsync(new GrainTimerCreationOptions(Second * 60, Second * 60) { KeepAlive = keepAlive }, Scripts.Nothing);
        var activation = _silo.ActivationOf("p/a")!;

        for (var minute = 0; minute < 20; minute++)
        {
            _silo.Clock.Advance(Second * 60);
            // Interleaving calls would count as use; the mailbox alone shows that the tick is through.
            while (activation.Load > 0)
                await Task.Yield();
        }

        if (keepAlive)
            activation.IdleSince().ShouldNotBeNull();
        else
            await activation.WhenRetired().WaitAsync(TestSilo.Patience);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    private async Task<IGrainTimer> RegisterAsync(GrainTimerCreationOptions options, Script tick)
    {
        IGrainTimer? timer = null;
        await _silo.Grain("p/a").RunAsync((stage, _) =>
        {
            timer = stage.RegisterGrainTimer(static (state, token) => state.tick(state.stage, token), (stage, tick), options);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return timer!;
    }

    /// <summary>A turn behind whatever is due by now.</summary>
    private Task FlushAsync() => _silo.Grain("p/a").RunAsync(Scripts.Nothing, CancellationToken.None);
}
