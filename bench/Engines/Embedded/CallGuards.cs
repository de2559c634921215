using System.Diagnostics;
using System.Diagnostics.Metrics;
using AwoooP.Journal.Membership;

namespace AwoooP.Bench.Engines;

/// <summary>What a call pays to be safe and seen while nobody looks: the lease is asked, a counter is raised, and a trace is not begun.</summary>
internal static class CallGuards
{
    private const int Calls = 20_000_000;

    /// <returns>Nanoseconds a call.</returns>
    public static double? Measure()
    {
        using var meter = new Meter("AwoooP.Bench");
        using var source = new ActivitySource("AwoooP.Bench");
        var turns = meter.CreateCounter<long>("awooop.bench.turns");
        var lease = new LeaseGuard(TimeProvider.System);
        lease.Join(new Incarnation(1, 1), lease.Clock.GetTimestamp(), TimeSpan.FromHours(1));
        Guard(Calls / 10);
        var started = Stopwatch.GetTimestamp();
        var answered = Guard(Calls);
        var took = Stopwatch.GetElapsedTime(started);
        return answered == Calls ? took.TotalNanoseconds / Calls : throw new InvalidOperationException("The lease ran out.");

        int Guard(int calls)
        {
            var valid = 0;
            for (var call = 0; call < calls; call++)
            {
                using var activity = source.StartActivity("turn");
                turns.Add(1);
                valid += lease.IsValid ? 1 : 0;
            }

            return valid;
        }
    }
}
