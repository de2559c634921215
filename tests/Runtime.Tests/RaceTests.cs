using System.Collections.Concurrent;

namespace AwoooP.Runtime.Tests;

/// <summary>Many callers and grains that come and go under them.</summary>
public sealed class RaceTests
{
    private const int Callers = 16;
    private const int CallsPerCaller = 2000;
    private const int Keys = 5;

    [Fact]
    public async Task Calls_OfGrainsThatKeepLeaving_RunOnceEachInTheirCallersOrder()
    {
        await using var silo = new TestSilo();
        var ran = new ConcurrentDictionary<(int Caller, int Key), List<int>>();
        var alive = new ConcurrentDictionary<string, int>();
        silo.Lifecycle.Activating = (stage, _) => Counted(stage, 1);
        silo.Lifecycle.Deactivating = (stage, _) => Counted(stage, -1);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var window = new List<Task>();
            for (var number = 0; number < CallsPerCaller; number++)
            {
                var (sent, key) = (number, number % Keys);
                window.Add(silo.Grain($"p/{key}").RunAsync((stage, _) =>
                {
                    ran.GetOrAdd((caller, key), static _ => []).Add(sent);
                    if (sent % 7 == 0)
                        stage.Leave();
                    return sent % 11 == 0 ? YieldAsync() : Task.CompletedTask;
                }, CancellationToken.None));
                if (window.Count == 50)
                {
                    await Task.WhenAll(window);
                    window.Clear();
                }
            }

            await Task.WhenAll(window);
        })));

        foreach (var ((_, key), numbers) in ran)
            numbers.ShouldBe(Enumerable.Range(0, CallsPerCaller).Where(number => number % Keys == key));
        ran.Count.ShouldBe(Callers * Keys);
        silo.Diary.ShouldNotContain(static entry => entry.StartsWith("twice", StringComparison.Ordinal));
        silo.Engine.Activations.ShouldBeLessThanOrEqualTo(Keys);

        static async Task YieldAsync() => await Task.Yield();

        Task Counted(IScriptStage stage, int change)
        {
            var key = stage.GrainContext.GrainId.Key;
            if (alive.AddOrUpdate(key, change, (_, now) => now + change) is < 0 or > 1)
                stage.Note($"twice: {key}");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Calls_UnderAMemoryBoundFarTooSmall_AllRunOnce()
    {
        await using var silo = new TestSilo(static options => options.MaxActivations = 10);
        var counts = new ConcurrentDictionary<string, int>();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var number = 0; number < CallsPerCaller; number++)
            {
                var key = $"p/{(caller + (number * 31)) % 200}";
                await silo.Grain(key).RunAsync((_, _) =>
                {
                    counts.AddOrUpdate(key, 1, static (_, count) => count + 1);
                    return Task.CompletedTask;
                }, CancellationToken.None);
            }
        })));

        counts.Values.Sum().ShouldBe(Callers * CallsPerCaller);
    }

    [Fact]
    public async Task Calls_CancelledAtAnyMoment_EndAndLeaveTheGrainUsable()
    {
        await using var silo = new TestSilo();
        var grain = silo.Grain("p/a");

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var number = 0; number < 500; number++)
            {
                using var source = new CancellationTokenSource();
                var call = grain.RunAsync(static async (_, token) =>
                {
                    await Task.Yield();
                    token.ThrowIfCancellationRequested();
                }, source.Token);
                if (number % 3 == 0)
                    await Task.Yield();
                await source.CancelAsync();
                try
                {
                    await call.WaitAsync(TestSilo.Patience);
                }
                catch (OperationCanceledException)
                {
                    source.IsCancellationRequested.ShouldBeTrue();
                }
            }
        })));

        (await grain.AddAsync(1, 1)).ShouldBe(2);
        silo.ActivationOf("p/a")!.Load.ShouldBe(0);
    }
}
