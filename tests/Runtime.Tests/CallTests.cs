namespace AwoooP.Runtime.Tests;

public sealed class CallTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    [Fact]
    public async Task Call_OfEachReturnShape_Answers()
    {
        var grain = _silo.Grain("p/a");

        (await grain.AddAsync(2, 3)).ShouldBe(5);
        (await grain.EchoAsync("hello")).ShouldBe("hello");
        await grain.TouchAsync();
        await grain.RunAsync(static (stage, _) =>
        {
            stage.Note($"counter {stage.Counter}");
            return Task.CompletedTask;
        }, CancellationToken.None);

        _silo.Diary.ShouldBe(["counter 1"]);
    }

    [Fact]
    public async Task Call_WhoseMethodThrows_ThrowsTheSameToTheCaller()
    {
        var thrown = new InvalidOperationException("no");

        var atOnce = await Should.ThrowAsync<InvalidOperationException>(
            () => _silo.Grain("p/a").RunAsync((_, _) => throw thrown, CancellationToken.None));
        var later = await Should.ThrowAsync<InvalidOperationException>(() => _silo.Grain("p/a").RunAsync(async (_, _) =>
        {
            await Task.Yield();
            throw thrown;
        }, CancellationToken.None));

        atOnce.ShouldBeSameAs(thrown);
        later.ShouldBeSameAs(thrown);
    }

    [Fact]
    public async Task Calls_FromOneCaller_RunInTheirOrder()
    {
        var grain = _silo.Grain("p/a");
        var calls = Enumerable.Range(0, 1000)
            .Select(number => grain.RunAsync(Scripts.Note($"{number}"), CancellationToken.None));

        await Task.WhenAll(calls);

        _silo.Diary.ShouldBe(Enumerable.Range(0, 1000).Select(static number => number.ToString()));
    }

    [Fact]
    public async Task OneWayCall_OfABusyGrain_DoesNotWait()
    {
        var gate = new Gate();
        var told = new Gate();
        told.Open();
        var grain = _silo.Grain("p/a");
        var running = grain.RunAsync(Scripts.Wait(gate), CancellationToken.None);

        grain.TellAsync(Scripts.Wait(told), CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();

        gate.Open();
        await running;
        await told.Reached;
    }

    [Fact]
    public void References_ToTheSameGrain_AreEqual()
    {
        var grain = _silo.Grain("p/a");

        grain.ShouldBe(_silo.Grain("p/a"));
        grain.ShouldNotBe(_silo.Grain("p/b"));
        grain.GetPrimaryKeyString().ShouldBe("p/a");
        grain.GetGrainId().ToString().ShouldBe("script/p/a");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();
}
