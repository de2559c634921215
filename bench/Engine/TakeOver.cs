using System.Diagnostics;
using System.Globalization;
using AwoooP.Bench.Engines;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Journal.Local;

namespace AwoooP.Bench.Engine;

/// <summary>A silo is killed; how long until grains that it had answer at another: one that is read, and one that is written.</summary>
internal static class TakeOver
{
    private const string Here = "silo-1";
    private const string There = "silo-2";

    public static Task MeasureAsync(TimeSpan time, EngineTable table) => BenchDatabase.RunAsync(folder: null, async (_, postgres) =>
    {
        CallContext.Current = new CallContext { ProjectId = DurableSilo.Project, Actor = Actors.Platform };
        await MeasureAsync(postgres, TimeSpan.FromSeconds(4), 1, "lease of 4 s (default)", TimeSpan.FromSeconds(5), table);
        await MeasureAsync(postgres, TimeSpan.FromSeconds(1), 3, "lease of 1 s, worst of 3", TimeSpan.FromSeconds(1.2), table);
    });

    /// <summary>The silo that is to die: told its address, its lease and where the database is.</summary>
    public static async Task<int> RunOtherSiloAsync()
    {
        var told = OtherProcess.Next()!.Split(' ');
        var lease = TimeSpan.FromSeconds(double.Parse(told[1], CultureInfo.InvariantCulture));
        var postgres = new PostgresEndpoints("", OtherProcess.Next()!, OtherProcess.Next()!, OtherProcess.Next()!);
        await using var silo = await DurableSilo.StartAsync(postgres, new DurableSiloSettings(There, told[0], lease));
        OtherProcess.Answer("ready");
        OtherProcess.Next();
        return 0;
    }

    /// <summary>The slowest of so many kills.</summary>
    private static async Task MeasureAsync(PostgresEndpoints postgres, TimeSpan lease, int kills, string shown, TimeSpan goal, EngineTable table)
    {
        var (read, written) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var kill = 0; kill < kills; kill++)
        {
            var took = await MeasureAsync(postgres, lease);
            read = read > took.Read ? read : took.Read;
            written = written > took.Written ? written : took.Written;
        }

        table.Time($"kill -9 to first read, {shown}", read, goal);
        table.Time($"kill -9 to first write, {shown}", written, goal);
    }

    private static async Task<(TimeSpan Read, TimeSpan Written)> MeasureAsync(PostgresEndpoints postgres, TimeSpan lease)
    {
        await using var silo = await DurableSilo.StartAsync(postgres, new DurableSiloSettings(Here, EngineWiring.FreeAddress(), lease));
        using var other = OtherProcess.Start(OtherProcess.DurableSilo);
        var told = string.Create(CultureInfo.InvariantCulture, $"{EngineWiring.FreeAddress()} {lease.TotalSeconds}");
        await other.AskAsync(string.Join('\n', told, postgres.Engine, postgres.App, postgres.Reader));
        var documents = (await FindKeysOfOtherAsync(silo, 2)).Select(silo.Document).ToList();
        foreach (var document in documents)
            await WriteAsync(document);

        var killed = Stopwatch.GetTimestamp();
        other.Kill();
        // The engine sends them again, a read always and a write because its outcome would be remembered, and they wait for the next owner.
        var read = SinceAsync(killed, documents[0].VersionAsync(CancellationToken.None));
        CallContext.Current = CallContext.Current! with { CommandId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) };
        var written = SinceAsync(killed, WriteAsync(documents[1]));
        return (await read, await written);
    }

    private static async Task WriteAsync(IDocumentGrain document)
    {
        if (await document.WriteAsync(CancellationToken.None) is { Refusal: { } refusal })
            throw new InvalidOperationException($"The write was refused: {refusal}");
    }

    private static async Task<TimeSpan> SinceAsync(long started, Task call)
    {
        await call;
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Returns once the other silo has taken half of the partitions.</summary>
    private static async Task<IReadOnlyList<string>> FindKeysOfOtherAsync(DurableSilo silo, int count)
    {
        var shared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        silo.Map.Changed += Look;
        Look();
        await shared.Task;
        silo.Map.Changed -= Look;
        return
        [
            .. Enumerable.Range(0, int.MaxValue)
                .Select(static number => $"{DurableSilo.Project}/{number}")
                .Where(key => IsOther(PartitionMap.Of(new AggregateId(Document.Type, key))))
                .Take(count),
        ];

        void Look()
        {
            if (PartitionMap.All.Count(IsOther) == PartitionMap.Count / 2)
                shared.TrySetResult();
        }

        bool IsOther(short partition) => silo.Map.Current.OwnerOf(partition)?.SiloId == There;
    }
}
