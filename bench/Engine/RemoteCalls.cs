using System.Globalization;
using AwoooP.Bench.Engines;
using ClusterMember = AwoooP.Journal.Membership.ClusterMember;

namespace AwoooP.Bench.Engine;

/// <summary>Calls over a connection to another process: all of them, and half of those of each of two silos.</summary>
internal static class RemoteCalls
{
    private const int Grains = 1_000;
    private const int Callers = 256;
    private const string Here = "silo-1";
    private const string There = "silo-2";
    private const string OtherOwnsAll = "all";
    private const string OtherOwnsHalf = "half";
    private static readonly Greeting Argument = new("a greeting of usual length", 42, DateTimeOffset.UnixEpoch);

    public static async Task MeasureAsync(TimeSpan time, EngineTable table)
    {
        await MeasureAllRemoteAsync(time, table);
        await MeasureHalfRemoteAsync(time, table);
    }

    /// <summary>The other silo: told first who owns what, then each time for how long to call its own half and the other's.</summary>
    public static async Task<int> RunOtherSiloAsync()
    {
        var told = OtherProcess.Next()!.Split(' ');
        await using var silo = await BenchSilo.StartAsync(There, told[1]);
        Tell(silo, told[0], told[1], told[2]);
        OtherProcess.Answer("ready");
        while (OtherProcess.Next() is { } seconds)
        {
            var figures = await CallAllAsync(silo, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
            OtherProcess.Answer(figures.Rate.ToString("R", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static async Task MeasureAllRemoteAsync(TimeSpan time, EngineTable table)
    {
        using var other = OtherProcess.Start(OtherProcess.Silo);
        await using var silo = await StartAsync(other, OtherOwnsAll);
        var grains = silo.Echoes(Grains);
        var bare = await CallAllAsync(silo, time);
        table.Rate("call over TCP to another process, bare, 256 callers", bare.Rate, 400_000);
        var argued = await CallLoad.RunAsync(Callers, time, (caller, number) => grains[(caller + number) % Grains].GreetAsync(Argument));
        table.Rate("the same with an argument and an answer", argued.Rate, 280_000);
        var few = await CallLoad.RunAsync(64, time, (caller, number) => grains[(caller + number) % Grains].TouchAsync());
        table.Time("call over TCP, 64 callers, p99", few.Slowest1Percent, TimeSpan.FromMilliseconds(1));
    }

    private static async Task MeasureHalfRemoteAsync(TimeSpan time, EngineTable table)
    {
        using var other = OtherProcess.Start(OtherProcess.Silo);
        await using var silo = await StartAsync(other, OtherOwnsHalf);
        var theirs = other.AskAsync(time.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        var ours = await CallAllAsync(silo, time);
        table.Rate("two silos, half the calls remote, 256 callers each", ours.Rate + double.Parse(await theirs, CultureInfo.InvariantCulture), 400_000);
    }

    private static async Task<BenchSilo> StartAsync(OtherProcess other, string share)
    {
        var (here, there) = (EngineWiring.FreeAddress(), EngineWiring.FreeAddress());
        await other.AskAsync($"{here} {there} {share}");
        var silo = await BenchSilo.StartAsync(Here, here);
        Tell(silo, here, there, share);
        return silo;
    }

    private static Task<CallFigures> CallAllAsync(BenchSilo silo, TimeSpan time)
    {
        var grains = silo.Echoes(Grains);
        return CallLoad.RunAsync(Callers, time, (caller, number) => grains[(caller + number) % Grains].TouchAsync());
    }

    private static void Tell(BenchSilo silo, string here, string there, string share)
    {
        var first = new ClusterMember(Here, 1, here, IsAlive: true, "bench");
        var second = new ClusterMember(There, 1, there, IsAlive: true, "bench");
        silo.Cluster.Tell([first, second], partition => share == OtherOwnsAll || partition % 2 == 0 ? second : first);
    }
}
