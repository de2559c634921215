using System.Net;
using System.Net.Sockets;

namespace AwoooP.Bench.Intake;

internal static class LoopbackPort
{
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Waits until <c>/-/ready</c> answers, a minute at most.</summary>
    public static async Task WaitReadyAsync(IPEndPoint server)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync($"http://{server}/-/ready", limit.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
