using System.Globalization;
using AwoooP.Bench.Engines;
using ClusterMember = AwoooP.Journal.Membership.ClusterMember;

namespace AwoooP.Bench.Engine;

/// <summary>Calls over a connection to another process: all of them, made by a client or by a silo, and half of those of each of two silos.</summary>
internal static class RemoteCalls
{
    private const int Grains = 1_000;
    private const int Callers = 256;
    private const string Here = "silo-1";
    private const string There = "silo-2";
    // In the place of an address: of one that is not called.
    private const string Client = "client";
    private const string OtherOwnsAll = "all";
    private const string OtherOwnsHalf = "half";
    private static readonly Greeting Argument = new("a greeting of usual length", 42, DateTimeOffset.UnixEpoch);

    public static async Task MeasureAsync(TimeSpan time, EngineTable table)
    {
        await MeasureAllRemoteAsync("a client", EngineWiring.HasClients ? Client : null, time, table);
        await MeasureAllRemoteAsync("a silo", EngineWiring.FreeAddress(), time, table);
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

    /// <param name="here">Where the caller is; null when this engine has no such callers.</param>
    private static async Task MeasureAllRemoteAsync(string caller, string? here, TimeSpan time, EngineTable table)
    {
        var figures = here is null ? null : await CallRemoteAsync(here, time);
        table.Rate($"call over TCP by {caller}, bare, 256 callers", figures?.Bare.Rate, 400_000);
        table.Rate("the same with an argument and an answer", figures?.Argued.Rate, 280_000);
        table.Time($"call over TCP by {caller}, 64 callers, p99", figures?.Few.Slowest1Percent, TimeSpan.FromMilliseconds(1));
    }

    private static async Task<RemoteFigures> CallRemoteAsync(string here, TimeSpan time)
    {
        using var other = OtherProcess.Start(OtherProcess.Silo);
        await using var silo = await StartAsync(other, here, OtherOwnsAll);
        var grains = silo.Echoes(Grains);
        return new RemoteFigures(
            await CallAllAsync(silo, time),
            await CallLoad.RunAsync(Callers, time, (caller, number) => grains[(caller + number) % Grains].GreetAsync(Argument)),
            await CallLoad.RunAsync(64, time, (caller, number) => grains[(caller + number) % Grains].TouchAsync()));
    }

    private static async Task MeasureHalfRemoteAsync(TimeSpan time, EngineTable table)
    {
        using var other = OtherProcess.Start(OtherProcess.Silo);
        await using var silo = await StartAsync(other, EngineWiring.FreeAddress(), OtherOwnsHalf);
        var theirs = other.AskAsync(time.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        var ours = await CallAllAsync(silo, time);
        table.Rate("two silos, half the calls remote, 256 callers each", ours.Rate + double.Parse(await theirs, CultureInfo.InvariantCulture), 400_000);
    }

    private static async Task<BenchSilo> StartAsync(OtherProcess other, string here, string share)
    {
        var there = EngineWiring.FreeAddress();
        await other.AskAsync($"{here} {there} {share}");
        var silo = await (here == Client ? BenchSilo.StartClientAsync(Client) : BenchSilo.StartAsync(Here, here));
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
        silo.Cluster.Tell(here == Client ? [second] : [first, second], partition => share == OtherOwnsAll || partition % 2 == 0 ? second : first);
    }

    /// <param name="Argued">With an argument and an answer.</param>
    /// <param name="Few">Of fewer callers.</param>
    private sealed record RemoteFigures(CallFigures Bare, CallFigures Argued, CallFigures Few);
}
