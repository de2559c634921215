namespace AwoooP.Runtime.Tests;

/// <summary>Random calls among few grains, on a clock that stands still: a deadlock that is not refused would hang.</summary>
public sealed class CallGraphTests
{
    private const int Grains = 6;
    private const int Callers = 12;
    private const int Rounds = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Calls_InAnyDirection_AllEnd(int seed)
    {
        await using var silo = new TestSilo();
        var refused = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random((seed * 1000) + caller);
            for (var round = 0; round < Rounds; round++)
            {
                var script = Chain([.. Enumerable.Range(0, 3).Select(_ => random.Next(Grains))]);
                try
                {
                    await script(new Root(silo.Engine), CancellationToken.None).WaitAsync(TestSilo.Patience);
                }
                catch (CallCycleException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })));

        refused.ShouldBeGreaterThan(0);
        silo.Activations().ShouldAllBe(static activation => activation.Load == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Calls_ThatOnlyEverGoUpwards_AreNeverRefused(int seed)
    {
        await using var silo = new TestSilo();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random((seed * 1000) + caller);
            for (var round = 0; round < Rounds; round++)
            {
                var targets = Enumerable.Range(0, Grains).Where(_ => random.Next(2) == 0).ToArray();
                await FanOut(targets)(new Root(silo.Engine), CancellationToken.None).WaitAsync(TestSilo.Patience);
            }
        })));
    }

    private static Script Chain(int[] targets) => async (stage, token) =>
    {
        await Task.Yield();
        if (targets.Length > 0)
            await stage.Grains.GetGrain<IScriptGrain>($"p/{targets[0]}").RunAsync(Chain(targets[1..]), token);
    };

    /// <summary>Calls the first, and from it and beside it the others: every branch meets the others again.</summary>
    private static Script FanOut(int[] targets) => async (stage, token) =>
    {
        await Task.Yield();
        if (targets.Length == 0)
            return;
        await Task.WhenAll(
            stage.Grains.GetGrain<IScriptGrain>($"p/{targets[0]}").RunAsync(FanOut(targets[1..]), token),
            FanOut(targets[1..])(stage, token));
    };

    /// <summary>A stage outside any grain.</summary>
    private sealed class Root(IGrainFactory grains) : IScriptStage
    {
        public IGrainFactory Grains => grains;

        public IGrainContext GrainContext => throw new NotSupportedException();

        public int Generation => 0;

        public int Counter { get; set; }

        public Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

        public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;

        public void Note(string entry) => throw new NotSupportedException();

        public void Leave() => throw new NotSupportedException();

        public void Stay(TimeSpan span) => throw new NotSupportedException();
    }
}
