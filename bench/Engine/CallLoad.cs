using System.Diagnostics;

namespace AwoooP.Bench.Engine;

/// <summary>Callers that each wait for an answer before they call again.</summary>
internal static class CallLoad
{
    /// <param name="call">By caller and number of the call.</param>
    public static async Task<CallFigures> RunAsync(int callers, TimeSpan time, Func<int, int, Task> call)
    {
        // As long again before it counts: hot code is compiled several times, and a silo runs for weeks.
        await RunForAsync(callers, time, call);
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        var (calls, samples) = await RunForAsync(callers, time, call);
        var took = Stopwatch.GetElapsedTime(started);
        samples.Sort();
        return new CallFigures(
            calls / took.TotalSeconds,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)calls,
            Percentile(samples, 0.5),
            Percentile(samples, 0.99));
    }

    private static async Task<(long Calls, List<long> Samples)> RunForAsync(int callers, TimeSpan time, Func<int, int, Task> call)
    {
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var results = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, until, call))));
        return (results.Sum(static result => result.Calls), [.. results.SelectMany(static result => result.Samples)]);
    }

    /// <summary>Every 16th call is timed, so that the clock is no part of what is measured.</summary>
    private static async Task<(long Calls, List<long> Samples)> CallAsync(int caller, long until, Func<int, int, Task> call)
    {
        const int Sampled = 16;
        var samples = new List<long>(1 << 16);
        var calls = 0;
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            if (began >= until)
                return (calls, samples);
            await call(caller, calls++);
            samples.Add(Stopwatch.GetTimestamp() - began);
            for (var untimed = 1; untimed < Sampled; untimed++)
                await call(caller, calls++);
        }
    }

    private static TimeSpan Percentile(List<long> sorted, double share) =>
        Stopwatch.GetElapsedTime(0, sorted[(int)((sorted.Count - 1) * share)]);
}
