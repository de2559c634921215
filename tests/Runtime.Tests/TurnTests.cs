namespace AwoooP.Runtime.Tests;

public sealed class TurnTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    [Fact]
    public async Task Turn_ThatAwaits_KeepsOthersWaiting()
    {
        var gate = new Gate();
        var grain = _silo.Grain("p/a");
        var first = grain.RunAsync(Scripts.Between("first", gate), CancellationToken.None);
        await gate.Reached;
        var second = grain.RunAsync(Scripts.Between("second"), CancellationToken.None);
        // The pieces of work of an activation run in order: whatever else had been let in would have begun before this.
        await grain.InterleaveAsync(Scripts.Nothing, CancellationToken.None);

        _silo.Diary.ShouldBe(["first begins"]);

        gate.Open();
        await Task.WhenAll(first, second);
        _silo.Diary.ShouldBe(["first begins", "first ends", "second begins", "second ends"]);
    }

    [Fact]
    public async Task ReadOnlyTurns_RunBesideEachOther_ButNotBesideAWriter()
    {
        var one = new Gate();
        var two = new Gate();
        var grain = _silo.Grain("p/a");
        var reads = new[]
        {
            grain.ReadAsync(Scripts.Between("one", one), CancellationToken.None),
            grain.ReadAsync(Scripts.Between("two", two), CancellationToken.None),
        };
        await one.Reached;
        await two.Reached;
        var write = grain.RunAsync(Scripts.Between("write"), CancellationToken.None);
        var late = grain.ReadAsync(Scripts.Between("late"), CancellationToken.None);
        await grain.InterleaveAsync(Scripts.Nothing, CancellationToken.None);

        // The late reader waits too: else readers could keep a writer out for ever.
        _silo.Diary.ShouldBe(["one begins", "two begins"]);

        two.Open();
        await reads[1];
        one.Open();
        await Task.WhenAll(reads[0], write, late);
        _silo.Diary.ShouldBe(["one begins", "two begins", "two ends", "one ends", "write begins", "write ends", "late begins", "late ends"]);
    }

    [Fact]
    public async Task InterleavingTurn_BesideAWriterThatAwaits_Runs()
    {
        var gate = new Gate();
        var grain = _silo.Grain("p/a");
        var write = grain.RunAsync(Scripts.Between("write", gate), CancellationToken.None);
        await gate.Reached;

        await grain.InterleaveAsync(Scripts.Between("look"), CancellationToken.None);

        _silo.Diary.ShouldBe(["write begins", "look begins", "look ends"]);
        gate.Open();
        await write;
    }

    [Fact]
    public async Task InterleavingTurns_ThatResumeTogether_NeverRunAtTheSameTime()
    {
        var grain = _silo.Grain("p/a");
        var turns = Enumerable.Range(0, 64).Select(_ => grain.InterleaveAsync(static async (stage, _) =>
        {
            for (var step = 0; step < 100; step++)
            {
                var seen = stage.Counter;
                stage.Counter = seen + 1;
                await Task.Yield();
            }
        }, CancellationToken.None));

        await Task.WhenAll(turns);

        await grain.RunAsync((stage, _) =>
        {
            stage.Note(stage.Counter.ToString());
            return Task.CompletedTask;
        }, CancellationToken.None);
        _silo.Diary.ShouldBe(["6400"]);
    }

    [Fact]
    public async Task Turn_AfterAnAwait_StaysTheSameTurn()
    {
        await _silo.Grain("p/a").RunAsync(static async (stage, _) =>
        {
            var before = SynchronizationContext.Current;
            await Task.Run(static () => { }, CancellationToken.None);
            stage.Note(ReferenceEquals(before, SynchronizationContext.Current) ? "same" : "other");
        }, CancellationToken.None);

        _silo.Diary.ShouldBe(["same"]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();
}
