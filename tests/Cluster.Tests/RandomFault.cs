using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Something that happens to a system for a while.</summary>
internal sealed record RandomFault(string Name, Func<Task> Begin, Func<Task> End)
{
    /// <summary>Everything that can happen at once to three silos with wires, in the order in which it has to end: the server comes back before the silos that need it.</summary>
    /// <param name="log">The volume of PostgreSQL's log, where one can be mounted.</param>
    public static IReadOnlyList<RandomFault> Draw(AwooopSystem system, LogVolume? log, Random random)
    {
        int[] victims = [0, 1, 2];
        random.Shuffle(victims);
        var (cut, unanswered, frozen, killed) = (system.Wires[victims[0]], system.Wires[victims[1]], system.Silos[victims[1]], system.Silos[victims[2]]);
        var minutes = random.Next(2) == 0 ? 10 : -10;
        // The server goes in one way at a time, and comes back in the same.
        var gone = log is not null && random.Next(2) == 0
            ? new RandomFault("the volume of PostgreSQL's log is full", log.FillAsync, () => FreeAsync(log))
            : new RandomFault("PostgreSQL crashes", () => system.Postgres.CrashAsync(CancellationToken.None), system.StartPostgresAsync);
        var faults = new List<RandomFault>
        {
            gone,
            new("PostgreSQL is slow", () => ForAll(wires => wires.ToPostgres.Slow(TimeSpan.FromMilliseconds(50))), () => ForAll(static wires => wires.ToPostgres.Slow(TimeSpan.Zero))),
            new("the silos are cut off from each other", CutFromEachOtherAsync, () => ForAll(static wires => wires.FromSilos.Mend())),
            new($"silo {victims[0] + 1} is cut off from PostgreSQL", () => cut.ToPostgres.CutAsync(), () => Do(cut.ToPostgres.Mend)),
            new($"silo {victims[1] + 1} is not answered by PostgreSQL", () => unanswered.ToPostgres.CutAsync(WireWays.Back), () => Do(unanswered.ToPostgres.Mend)),
            new($"silo {frozen.Number} freezes", frozen.FreezeAsync, frozen.ThawAsync),
            new($"silo {killed.Number} is killed", killed.KillAsync, killed.StartAsync),
        };
        if (system.Clock is { } clock)
            faults.Insert(0, new($"the clock of silo {system.Silos.Count} jumps by {minutes} minutes", () => Do(() => clock.Set(minutes)), () => Do(() => clock.Set(0))));
        return faults;

        Task CutFromEachOtherAsync() => Task.WhenAll(system.Wires.Select(static wires => wires.FromSilos.CutAsync()));

        async Task FreeAsync(LogVolume volume)
        {
            await volume.FreeAsync();
            await system.StartPostgresAsync();
        }

        Task ForAll(Action<SiloWires> action) => Do(() =>
        {
            foreach (var wires in system.Wires)
                action(wires);
        });

        static Task Do(Action action)
        {
            action();
            return Task.CompletedTask;
        }
    }
}
