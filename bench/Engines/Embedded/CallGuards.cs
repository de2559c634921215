using System.Diagnostics;
using AwoooP.Bench.Engine;
using AwoooP.Runtime.Hosting;

namespace AwoooP.Bench.Engines;

/// <summary>
/// What a call pays to be safe and seen while nobody looks: the engine's own checks, in the order in which a request makes them. Whether a trace
/// is begun is asked as the call is made and as its turn starts, whether turns are timed as it starts and ends, and the lease and the tenure as the answer leaves.
/// </summary>
internal static class CallGuards
{
    private const int Calls = 20_000_000;

    // Turns are counted by their activation in a field, which is summed when somebody asks.
    private static long _turns;

    /// <returns>Nanoseconds a call.</returns>
    public static async Task<double?> MeasureAsync()
    {
        // With an address, so that its grains are placed, and leave with their partitions, as in the platform.
        await using var silo = await BenchSilo.StartAloneAsync("silo-1", EngineWiring.FreeAddress());
        await silo.Echoes(1)[0].TouchAsync();
        var engine = (EmbeddedEngine)silo.Grains;
        var activation = engine.Hosts.SelectMany(static host => host.Activations()).Single();
        Guard(Calls / 10);
        var started = Stopwatch.GetTimestamp();
        var answered = Guard(Calls);
        var took = Stopwatch.GetElapsedTime(started);
        return answered == Calls && _turns > Calls ? took.TotalNanoseconds / Calls : throw new InvalidOperationException("The lease ran out, or somebody listened.");

        int Guard(int calls)
        {
            var passed = 0;
            for (var call = 0; call < calls; call++)
            {
                var traced = EngineDiagnostics.Activities.HasListeners();
                _turns++;
                var began = engine.Diagnostics.TurnStarted();
                traced |= EngineDiagnostics.Activities.HasListeners();
                engine.Diagnostics.TurnEnded(activation.Host.GrainType, began);
                passed += activation.MayAnswer() && !traced ? 1 : 0;
            }

            return passed;
        }
    }
}
