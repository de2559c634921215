using AwoooP.Bench.Engines;

namespace AwoooP.Bench.Engine;

/// <summary>Calls whose grain is in the same process, and what a grain that nobody calls takes up.</summary>
internal static class InMemoryCalls
{
    private const int Grains = 1_000;
    private const int Idle = 50_000;

    public static async Task MeasureAsync(TimeSpan time, EngineTable table)
    {
        await using var silo = await BenchSilo.StartAloneAsync("silo-1");
        var grains = silo.Echoes(Grains);
        var many = await CallLoad.RunAsync(64, time, (caller, number) => grains[(caller + number) % Grains].TouchAsync());
        table.Rate("in-memory call, co-hosted, 64 callers, 1,000 grains", many.Rate, 1_500_000);
        table.Bytes("the same: allocated a call", many.BytesACall, 200);
        var one = await CallLoad.RunAsync(1, time, (_, number) => grains[number % Grains].TouchAsync());
        table.Time("in-memory call, 1 caller, p50", one.Median, TimeSpan.FromMicroseconds(1));
        table.Bytes("idle activation, its grain of two words and its key included", await IdleBytesAsync(silo), 600);
        table.Nanoseconds("lease check, counter and idle trace of a call", await CallGuards.MeasureAsync(), 30);
    }

    private static async Task<double> IdleBytesAsync(BenchSilo silo)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var number = 0; number < Idle; number++)
            await silo.Grains.GetGrain<IEchoGrain>($"idle/{number}").TouchAsync();
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Idle;
    }
}
