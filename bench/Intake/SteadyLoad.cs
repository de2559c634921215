using System.Diagnostics;
using System.Net;

namespace AwoooP.Bench.Intake;

/// <summary>Sends batches at a fixed rate, whatever the answers take.</summary>
internal static class SteadyLoad
{
    private const int Connections = 8;

    /// <returns>Alerts acknowledged a second.</returns>
    public static async Task<double> RunAsync(IPEndPoint server, AlertBodies bodies, int rate, int batch, TimeSpan time)
    {
        var total = (int)(rate * time.TotalSeconds / batch);
        var requests = Enumerable.Range(0, total).Select(_ => bodies.Next(batch, server.ToString())).ToArray();
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(SendAsync)));
        return acknowledged.Sum() * (double)batch / Stopwatch.GetElapsedTime(started).TotalSeconds;

        async Task<int> SendAsync()
        {
            await using var sender = await SenderConnection.OpenAsync(server);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
            var accepted = 0;
            for (var number = Interlocked.Increment(ref next); number < total; number = Interlocked.Increment(ref next))
            {
                while (Stopwatch.GetElapsedTime(started).TotalSeconds * rate < (double)number * batch)
                    await timer.WaitForNextTickAsync();
                if (await sender.SendAsync(requests[number]) == 200)
                    accepted++;
            }

            return accepted;
        }
    }
}
