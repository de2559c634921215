namespace AwoooP.Runtime.Tests;

public sealed class StatelessWorkerTests
{
    [Fact]
    public async Task Calls_OfOneKey_RunBesideEachOtherUpToTheBound()
    {
        await using var silo = new TestSilo();
        var pool = silo.Engine.GetGrain<IPoolGrain>("p/pool");
        var gates = new[] { new Gate(), new Gate(), new Gate() };
        var calls = gates.Select(gate => pool.WorkAsync(gate.WaitAsync, CancellationToken.None)).ToList();
        await gates[0].Reached;
        await gates[1].Reached;

        silo.Activations().Count().ShouldBe(2);
        silo.Activations().Sum(static worker => worker.WaitingCount).ShouldBe(1);

        foreach (var gate in gates)
            gate.Open();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Workers_ThatAreIdle_LeaveAndComeAgain()
    {
        await using var silo = new TestSilo();
        var pool = silo.Engine.GetGrain<IPoolGrain>("p/pool");
        await pool.WorkAsync(static () => Task.CompletedTask, CancellationToken.None);
        var worker = silo.Activations().Single();

        silo.Clock.Advance(TimeSpan.FromMinutes(20));
        await worker.WhenRetired().WaitAsync(TestSilo.Patience);
        silo.Activations().ShouldBeEmpty();

        await pool.WorkAsync(static () => Task.CompletedTask, CancellationToken.None);
        silo.Activations().Count().ShouldBe(1);
    }
}
