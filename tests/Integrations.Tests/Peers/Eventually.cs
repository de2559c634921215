using System.Diagnostics;

namespace AwoooP.Integrations.Tests.Peers;

/// <summary>Waits for a condition of the outside world; fails with its name when it does not come true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience, what);
            await timer.WaitForNextTickAsync();
        }
    }
}
