using System.Collections.Concurrent;
using AwoooP.Bench.Load;
using AwoooP.Demo;
using AwoooP.Systems;
using AwoooP.Testing;

namespace AwoooP.Cluster.Tests.Load;

/// <summary>The load as a user starts it, at a cluster that loses a silo meanwhile.</summary>
public sealed class LoadBenchTests
{
    [Fact]
    public async Task OneOfThree_KilledUnderTheLoad_IsToldAndTheLedgerIsWhole()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 3, Settings = LoadedSystem.FastLease });
        await Partitions.SharedAsync(system, silos: 3);
        var said = new ConcurrentQueue<string>();
        var settings = new LoadSettings { Seconds = 15, Rate = 80, Settle = 600 };
        var load = new LoadBench(settings, new LoadTargets(system.Entrances, system.Entrances), await system.AdminKeyAsync(), said.Enqueue).RunAsync();

        await Readiness.UntilAsync(_ => Task.FromResult(load.IsCompleted || Has(said, "/s acknowledged")), "The load does not get on", CancellationToken.None);
        await system.Silos[1].KillAsync();

        (await load).ShouldBe(0, string.Join('\n', said));
        Has(said, "the silos changed: silo-2 was alive").ShouldBeTrue(string.Join('\n', said));
        Has(said, "lost 0, doubled 0, out of order 0").ShouldBeTrue();
        await Readiness.UntilAsync(
            async _ => await system.CountAsync("select count(*) from playbooks where name like 'bench-load%' and status = 'archived'") == 2,
            "Its playbooks are not out of the way",
            CancellationToken.None);
    }

    [Fact]
    public async Task Nobody_AtTheAddress_EndsWithUnreachable()
    {
        using var nobody = new HeldPort();
        IReadOnlyList<Uri> nowhere = [new($"http://{nobody.Address}")];
        var said = new ConcurrentQueue<string>();

        (await new LoadBench(new LoadSettings(), new LoadTargets(nowhere, nowhere), "key", said.Enqueue).RunAsync()).ShouldBe(2);

        Has(said, "Is AwoooP up?").ShouldBeTrue();
    }

    [Fact]
    public async Task WrongUsage_EndsAsTheCommandLineDoes() => (await LoadBench.RunAsync(["--clients", "0"])).ShouldBe(6);

    private static bool Has(IEnumerable<string> said, string text) => said.Any(line => line.Contains(text, StringComparison.Ordinal));
}
