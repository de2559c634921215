using System.Diagnostics;
using System.Net;

namespace AwoooP.Bench.Intake;

/// <summary>Sends as fast as answers come, over a fixed number of connections.</summary>
internal static class IntakeLoad
{
    /// <returns>Alerts acknowledged a second.</returns>
    public static async Task<double> RunAsync(IPEndPoint server, AlertBodies bodies, int connections, int alertsEach, TimeSpan time)
    {
        var prepared = Prepare(bodies, server.ToString(), connections, alertsEach);
        var senders = await Task.WhenAll(prepared.Select(_ => SenderConnection.OpenAsync(server)));
        var started = Stopwatch.GetTimestamp();
        var acknowledged = await Task.WhenAll(senders.Select((sender, index) => Task.Run(() => SendAsync(sender, prepared[index], started, time))));
        var took = Stopwatch.GetElapsedTime(started);
        foreach (var sender in senders)
            await sender.DisposeAsync();

        return acknowledged.Sum() * (double)alertsEach / took.TotalSeconds;
    }

    private static async Task<int> SendAsync(SenderConnection sender, byte[][] requests, long started, TimeSpan time)
    {
        var acknowledged = 0;
        for (var number = 0; Stopwatch.GetElapsedTime(started) < time; number++)
        {
            var status = await sender.SendAsync(requests[number % requests.Length]);
            if (status == 200)
                acknowledged++;
            else if (status != 429)
                throw new InvalidOperationException($"An alert was answered with {status}.");
        }

        return acknowledged;
    }

    /// <summary>Requests of each connection, enough for a round or nearly: making them must cost the measured side nothing.</summary>
    private static byte[][][] Prepare(AlertBodies bodies, string host, int connections, int alertsEach)
    {
        var requests = Math.Max(1, 200_000 / (connections * alertsEach));
        return [.. Enumerable.Range(0, connections).Select(_ => Enumerable.Range(0, requests).Select(_ => bodies.Next(alertsEach, host)).ToArray())];
    }
}
