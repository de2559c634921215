using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Something that happens to a system for a while.</summary>
internal sealed record RandomFault(string Name, Func<Task> Begin, Func<Task> End)
{
    /// <summary>Everything that can happen at once to three silos with wires, in the order in which it has to end: the server comes back before the silos that need it.</summary>
    public static IReadOnlyList<RandomFault> Draw(AwooopSystem system, Random random)
    {
        int[] victims = [0, 1, 2];
        random.Shuffle(victims);
        var (cut, frozen, killed) = (system.Wires[victims[0]], system.Silos[victims[1]], system.Silos[victims[2]]);
        var minutes = random.Next(2) == 0 ? 10 : -10;
        var faults = new List<RandomFault>
        {
            new("PostgreSQL crashes", () => system.Postgres.CrashAsync(CancellationToken.None), system.StartPostgresAsync),
            new("PostgreSQL is slow", () => ForAll(wires => wires.ToPostgres.Slow(TimeSpan.FromMilliseconds(50))), () => ForAll(static wires => wires.ToPostgres.Slow(TimeSpan.Zero))),
            new("the silos are cut off from each other", () => ForAll(static wires => wires.FromSilos.Cut()), () => ForAll(static wires => wires.FromSilos.Mend())),
            new($"silo {victims[0] + 1} is cut off from PostgreSQL", () => Do(cut.ToPostgres.Cut), () => Do(cut.ToPostgres.Mend)),
            new($"silo {frozen.Number} freezes", frozen.FreezeAsync, frozen.ThawAsync),
            new($"silo {killed.Number} is killed", killed.KillAsync, killed.StartAsync),
        };
        if (system.Clock is { } clock)
            faults.Insert(0, new($"the clock of silo {system.Silos.Count} jumps by {minutes} minutes", () => Do(() => clock.Set(minutes)), () => Do(() => clock.Set(0))));
        return faults;

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
