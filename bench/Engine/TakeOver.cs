using System.Diagnostics;
using System.Globalization;
using AwoooP.Bench.Engines;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Journal.Local;

namespace AwoooP.Bench.Engine;

/// <summary>A silo is killed; how long until a grain that it had answers at another.</summary>
internal static class TakeOver
{
    private const string Here = "silo-1";
    private const string There = "silo-2";

    public static Task MeasureAsync(TimeSpan time, EngineTable table) => BenchDatabase.RunAsync(folder: null, async (_, postgres) =>
    {
        CallContext.Current = new CallContext { ProjectId = DurableSilo.Project, Actor = Actors.Platform };
        table.Time("kill -9 to first success, lease of 4 s (default)", await MeasureAsync(postgres, TimeSpan.FromSeconds(4)), TimeSpan.FromSeconds(5));
        table.Time("kill -9 to first success, lease of 1 s", await MeasureAsync(postgres, TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(1.2));
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

    private static async Task<TimeSpan> MeasureAsync(PostgresEndpoints postgres, TimeSpan lease)
    {
        await using var silo = await DurableSilo.StartAsync(postgres, new DurableSiloSettings(Here, EngineWiring.FreeAddress(), lease));
        using var other = OtherProcess.Start(OtherProcess.DurableSilo);
        var told = string.Create(CultureInfo.InvariantCulture, $"{EngineWiring.FreeAddress()} {lease.TotalSeconds}");
        await other.AskAsync(string.Join('\n', told, postgres.Engine, postgres.App, postgres.Reader));
        var document = silo.Document(await FindKeyOfOtherAsync(silo));
        await document.WriteAsync(CancellationToken.None);

        var killed = Stopwatch.GetTimestamp();
        other.Kill();
        // A read is sent again by the engine, and waits for the next owner.
        await document.VersionAsync(CancellationToken.None);
        return Stopwatch.GetElapsedTime(killed);
    }

    /// <summary>Returns once the other silo has taken half of the partitions.</summary>
    private static async Task<string> FindKeyOfOtherAsync(DurableSilo silo)
    {
        var shared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        silo.Map.Changed += Look;
        Look();
        await shared.Task;
        silo.Map.Changed -= Look;
        return Enumerable.Range(0, int.MaxValue)
            .Select(static number => $"{DurableSilo.Project}/{number}")
            .First(key => IsOther(PartitionMap.Of(new AggregateId(Document.Type, key))));

        void Look()
        {
            if (PartitionMap.All.Count(IsOther) == PartitionMap.Count / 2)
                shared.TrySetResult();
        }

        bool IsOther(short partition) => silo.Map.Current.OwnerOf(partition)?.SiloId == There;
    }
}
