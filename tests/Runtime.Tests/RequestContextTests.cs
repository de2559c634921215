namespace AwoooP.Runtime.Tests;

public sealed class RequestContextTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    [Fact]
    public async Task Values_OfTheCaller_FlowDownTheChainAndNotBack()
    {
        RequestContext.Set("tenant", "one");
        await _silo.Grain("p/a").RunAsync(async (stage, token) =>
        {
            await Task.Yield();
            stage.Note($"a sees {RequestContext.Get("tenant")}");
            RequestContext.Set("tenant", "two");
            await Scripts.Call("p/b", static (other, _) =>
            {
                other.Note($"b sees {RequestContext.Get("tenant")}");
                return Task.CompletedTask;
            })(stage, token);
        }, CancellationToken.None);

        RequestContext.Get("tenant").ShouldBe("one");
        _silo.Diary.ShouldBe(["a sees one", "b sees two"]);
    }

    [Fact]
    public async Task Values_OfOneCall_AreNotSeenByTheNext()
    {
        await _silo.Grain("p/a").RunAsync(static (_, _) =>
        {
            RequestContext.Set("left", "behind");
            return Task.CompletedTask;
        }, CancellationToken.None);

        await _silo.Grain("p/a").RunAsync(static (stage, _) =>
        {
            stage.Note($"{RequestContext.Keys.Count()} {RequestContext.Get("left")}");
            return Task.CompletedTask;
        }, CancellationToken.None);

        _silo.Diary.ShouldBe(["0 "]);
    }

    [Fact]
    public async Task Values_OfCallsThatInterleave_StayApart()
    {
        var gate = new Gate();
        var calls = Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
        {
            RequestContext.Set("number", number);
            await _silo.Grain("p/a").InterleaveAsync(async (stage, _) =>
            {
                await gate.WaitAsync();
                stage.Note($"{number} {RequestContext.Get("number")}");
            }, CancellationToken.None);
        })).ToList();
        await gate.Reached;
        gate.Open();
        await Task.WhenAll(calls);

        _silo.Diary.ShouldBe(Enumerable.Range(0, 20).Select(static number => $"{number} {number}"), ignoreOrder: true);
    }

    [Fact]
    public void Values_AreReadWrittenAndRemoved()
    {
        RequestContext.Set("a", 1);
        RequestContext.Set("b", 2);
        RequestContext.Set("a", 3);

        RequestContext.Keys.ShouldBe(["a", "b"]);
        RequestContext.Get("a").ShouldBe(3);
        RequestContext.Remove("a").ShouldBeTrue();
        RequestContext.Remove("a").ShouldBeFalse();
        RequestContext.Keys.ShouldBe(["b"]);
        RequestContext.Clear();
        RequestContext.Keys.ShouldBeEmpty();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();
}
