using System.Diagnostics;
using AwoooP.Commands;
using AwoooP.Journal.Local;

namespace AwoooP.Bench.Engine;

/// <summary>Calls that are answered once their event and snapshot are durable, and first calls of grains that must be loaded.</summary>
internal static class DurableCalls
{
    private const int Documents = 20_000;
    private const int WarmUp = 4_000;
    private const int Callers = 512;
    private static readonly DurableSiloSettings Alone = new("silo-1", Address: null, TimeSpan.FromSeconds(4));

    public static Task MeasureAsync(TimeSpan time, EngineTable table) => BenchDatabase.RunAsync(folder: null, async (_, postgres) =>
    {
        CallContext.Current = new CallContext { ProjectId = DurableSilo.Project, Actor = Actors.Platform };
        await using (var silo = await DurableSilo.StartAsync(postgres, Alone))
        {
            var documents = DocumentsOf(silo);
            await EachAsync(documents, 0, Documents, static document => document.WriteAsync(CancellationToken.None));
            await MeasureWritesAsync(documents, 64, time, 20_000, table);
            await MeasureWritesAsync(documents, 512, time, 40_000, table);
        }

        await MeasureActivationAsync(postgres, table);
    });

    private static async Task MeasureWritesAsync(IDocumentGrain[] documents, int callers, TimeSpan time, double goal, EngineTable table)
    {
        // Callers do not meet at a grain: each walks over a share of its own.
        var figures = await CallLoad.RunAsync(
            callers, time, (caller, number) => documents[(caller + (number * callers)) % Documents].WriteAsync(CancellationToken.None));
        table.Rate($"durable call, 1 KB state and an event, {callers} callers", figures.Rate, goal);
    }

    private static async Task MeasureActivationAsync(PostgresEndpoints postgres, EngineTable table)
    {
        await using var silo = await DurableSilo.StartAsync(postgres, Alone);
        var documents = DocumentsOf(silo);
        await EachAsync(documents, 0, WarmUp, static document => document.VersionAsync(CancellationToken.None));
        var started = Stopwatch.GetTimestamp();
        await EachAsync(documents, WarmUp, Documents, static document => document.VersionAsync(CancellationToken.None));
        table.Rate("cold durable activation", (Documents - WarmUp) / Stopwatch.GetElapsedTime(started).TotalSeconds, 10_000);
    }

    private static IDocumentGrain[] DocumentsOf(DurableSilo silo) =>
        [.. Enumerable.Range(0, Documents).Select(number => silo.Document($"{DurableSilo.Project}/{number}"))];

    private static Task EachAsync(IDocumentGrain[] documents, int from, int to, Func<IDocumentGrain, Task> call) =>
        Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (number, _) => await call(documents[number]));
}
