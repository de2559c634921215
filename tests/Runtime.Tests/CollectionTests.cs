namespace AwoooP.Runtime.Tests;

public sealed class CollectionTests
{
    [Fact]
    public async Task IdleActivation_PastItsTime_IsDeactivated_AndAUsedOneStays()
    {
        await using var silo = new TestSilo();
        await silo.Grain("p/idle").TouchAsync();
        await silo.Grain("p/used").TouchAsync();
        var idle = silo.ActivationOf("p/idle")!;
        silo.Clock.Advance(TimeSpan.FromMinutes(10));
        await silo.Grain("p/used").TouchAsync();

        silo.Clock.Advance(TimeSpan.FromMinutes(7));
        await idle.WhenRetired().WaitAsync(TestSilo.Patience);

        silo.ActivationOf("p/idle").ShouldBeNull();
        silo.ActivationOf("p/used").ShouldNotBeNull();
        silo.Diary.ShouldBe(["p/idle leaves: ActivationIdle"]);
    }

    [Fact]
    public async Task DelayedActivation_PastItsIdleTime_Stays()
    {
        await using var silo = new TestSilo();
        await silo.Grain("p/a").RunAsync(static (stage, _) =>
        {
            stage.Stay(TimeSpan.FromHours(1));
            return Task.CompletedTask;
        }, CancellationToken.None);
        var activation = silo.ActivationOf("p/a")!;

        silo.Clock.Advance(TimeSpan.FromMinutes(50));
        silo.ActivationOf("p/a").ShouldBeSameAs(activation);

        silo.Clock.Advance(TimeSpan.FromMinutes(15));
        await activation.WhenRetired().WaitAsync(TestSilo.Patience);
    }

    [Fact]
    public async Task BusyActivation_PastItsIdleTime_Stays()
    {
        await using var silo = new TestSilo(static options => options.CallTimeout = TimeSpan.FromHours(2));
        var gate = new Gate();
        var running = silo.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        silo.Clock.Advance(TimeSpan.FromHours(1));

        silo.ActivationOf("p/a").ShouldNotBeNull();
        gate.Open();
        await running;
    }

    [Fact]
    public async Task ActivationsOverTheBound_SendTheLeastRecentlyUsedAway()
    {
        await using var silo = new TestSilo(static options => options.MaxActivations = 100);
        for (var number = 0; number < 100; number++)
        {
            await silo.Grain($"p/{number:D3}").TouchAsync();
            silo.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // The oldest is used again, so it is the next ones that go: down to 95, with the new one counted in.
        await silo.Grain("p/000").TouchAsync();
        var leaving = Enumerable.Range(1, 6).Select(number => silo.ActivationOf($"p/{number:D3}")!.WhenRetired()).ToList();
        await silo.Grain("p/new").TouchAsync();
        await Task.WhenAll(leaving).WaitAsync(TestSilo.Patience);

        silo.Engine.Activations.ShouldBe(95);
        silo.ActivationOf("p/000").ShouldNotBeNull();
        silo.ActivationOf("p/007").ShouldNotBeNull();
        silo.Diary.ShouldAllBe(static entry => entry.EndsWith("HighMemoryPressure", StringComparison.Ordinal));
    }
}
