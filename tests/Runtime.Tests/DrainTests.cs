namespace AwoooP.Runtime.Tests;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_LetsTurnsAndWaitingCallsFinish_AndDeactivatesEveryGrain()
    {
        await using var silo = new TestSilo();
        var gate = new Gate();
        var running = silo.Grain("p/a").RunAsync(async (stage, token) =>
        {
            await gate.WaitAsync();
            await Scripts.Call("p/late", Scripts.Note("late"))(stage, token);
        }, CancellationToken.None);
        await gate.Reached;
        var waiting = silo.Grain("p/a").RunAsync(Scripts.Note("waited"), CancellationToken.None);

        var stopping = silo.StopAsync();
        await Should.ThrowAsync<EngineStoppingException>(() => silo.Grain("p/b").TouchAsync().AsTask());
        gate.Open();
        await Task.WhenAll(running, waiting);
        await stopping.WaitAsync(TestSilo.Patience);

        silo.Engine.Activations.ShouldBe(0);
        silo.Diary.Count(static entry => entry.EndsWith("ShuttingDown", StringComparison.Ordinal)).ShouldBe(2);
        silo.Diary.ShouldContain("late");
        silo.Diary.ShouldContain("waited");
    }

    [Fact]
    public async Task Stop_WithATurnThatHangs_IsBounded()
    {
        await using var silo = new TestSilo();
        var gate = new Gate();
        var running = silo.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        var stopping = silo.StopAsync();
        silo.Clock.Advance(silo.Engine.Options.DrainTimeout);

        await stopping.WaitAsync(TestSilo.Patience);
        gate.Open();
        await running;
    }
}
