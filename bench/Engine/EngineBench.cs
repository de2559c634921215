using System.Globalization;
using AwoooP.Demo;
using AwoooP.Journal.Membership;

namespace AwoooP.Bench.Engine;

/// <summary>What a call costs: in one process, and over a connection to another.</summary>
internal static class EngineBench
{
    /// <summary>The name under which this program starts itself as the other silo.</summary>
    public const string OtherSilo = "engine-other-silo";

    private const int Grains = 1_000;
    private const string Here = "silo-1";
    private const string There = "silo-2";
    private static readonly Greeting Argument = new("a greeting of usual length", 42, DateTimeOffset.UnixEpoch);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var seconds = arguments is ["--seconds", var chosen] ? double.Parse(chosen, CultureInfo.InvariantCulture) : 4;
        var time = TimeSpan.FromSeconds(seconds);
        var table = new EngineTable();
        await using (var alone = await BenchSilo.StartAsync(Here, address: null))
            await MeasureInProcessAsync(alone, time, table);
        await MeasureBetweenProcessesAsync(time, table);
        return table.Conclude() ? 0 : 1;
    }

    /// <summary>Owns every grain, and runs until its input ends.</summary>
    public static async Task<int> RunOtherSiloAsync()
    {
        var endpoints = (Console.ReadLine() ?? "").Split(' ');
        await using var silo = await BenchSilo.StartAsync(There, endpoints[1]);
        Tell(silo, endpoints[0], endpoints[1]);
        Console.WriteLine("ready");
        Console.ReadLine();
        return 0;
    }

    private static async Task MeasureInProcessAsync(BenchSilo silo, TimeSpan time, EngineTable table)
    {
        var grains = Of(silo);
        var many = await CallLoad.RunAsync(64, time, (caller, number) => grains[(caller + number) % Grains].TouchAsync());
        table.Rate("in-memory call, co-hosted, 64 callers, 1,000 grains", many.Rate, 1_500_000);
        table.Bytes("the same: allocated a call", many.BytesACall, 200);
        var one = await CallLoad.RunAsync(1, time, (_, number) => grains[number % Grains].TouchAsync());
        table.Time("in-memory call, 1 caller, p50", one.Median, TimeSpan.FromMicroseconds(1));
    }

    private static async Task MeasureBetweenProcessesAsync(TimeSpan time, EngineTable table)
    {
        var (here, there) = ($"127.0.0.1:{LoopbackPort.Free()}", $"127.0.0.1:{LoopbackPort.Free()}");
        using var other = OtherProcess.Start(OtherSilo);
        await other.AskAsync($"{here} {there}");
        await using var silo = await BenchSilo.StartAsync(Here, here);
        var grains = Of(silo);

        Tell(silo, here, there);
        var bare = await CallLoad.RunAsync(256, time, (caller, number) => grains[(caller + number) % Grains].TouchAsync());
        table.Rate("call over TCP to another process, bare, 256 callers", bare.Rate, 400_000);
        var argued = await CallLoad.RunAsync(256, time, (caller, number) => grains[(caller + number) % Grains].GreetAsync(Argument));
        table.Rate("the same with an argument and an answer", argued.Rate, 280_000);
        var few = await CallLoad.RunAsync(64, time, (caller, number) => grains[(caller + number) % Grains].TouchAsync());
        table.Time("call over TCP, 64 callers, p99", few.Slowest1Percent, TimeSpan.FromMilliseconds(1));
    }

    private static IEchoGrain[] Of(BenchSilo silo) =>
        [.. Enumerable.Range(0, Grains).Select(number => silo.Grains.GetGrain<IEchoGrain>($"bench/{number}"))];

    private static void Tell(BenchSilo silo, string here, string there)
    {
        var first = new ClusterMember(Here, 1, here, IsAlive: true, "bench");
        var second = new ClusterMember(There, 1, there, IsAlive: true, "bench");
        silo.Cluster.Tell([first, second], _ => second);
    }
}
