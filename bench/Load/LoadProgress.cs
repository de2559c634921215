using System.Diagnostics;
using System.Globalization;

namespace AwoooP.Bench.Load;

/// <summary>Says each second how the load gets on, and when the set of silos changes.</summary>
internal sealed class LoadProgress(ClusterWatch watch, LoadLedger ledger, Action<string> say)
{
    /// <param name="started">When the load began.</param>
    /// <param name="first">The silos at that time.</param>
    public async Task RunAsync(long started, ClusterSight first, CancellationToken ending)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var (seen, since, acknowledged, failures) = (first, started, 0, 0L);
        try
        {
            while (await timer.WaitForNextTickAsync(ending))
            {
                var sight = await watch.LookAsync(ending);
                var (now, acknowledgedNow, failuresNow) = (Stopwatch.GetTimestamp(), ledger.Acknowledged.Count, ledger.Failures);
                var (at, seconds) = (Stopwatch.GetElapsedTime(started, now).TotalSeconds, Stopwatch.GetElapsedTime(since, now).TotalSeconds);
                foreach (var change in sight?.ChangesSince(seen) ?? [])
                    say(string.Create(CultureInfo.InvariantCulture, $"{at,6:0} s  the silos changed: {change}"));
                say(string.Create(CultureInfo.InvariantCulture,
                    $"{at,6:0} s  {(acknowledgedNow - acknowledged) / seconds,5:0}/s acknowledged  {(failuresNow - failures) / seconds,5:0}/s failed   {Alive(sight)}"));
                (seen, since, acknowledged, failures) = (sight ?? seen, now, acknowledgedNow, failuresNow);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The load has ended.
        }
    }

    private static string Alive(ClusterSight? sight) => sight is null ? "nobody tells which silos live" : $"alive: {string.Join(' ', sight.Alive)}";
}
