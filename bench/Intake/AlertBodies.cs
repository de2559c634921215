using System.Globalization;
using System.Text;

namespace AwoooP.Bench.Intake;

/// <summary>
/// Whole HTTP requests, made before the measurement: a population of distinct alerts over a number of services, sent again
/// and again with a later end each time, as Prometheus does while they fire. The same bytes go to either side.
/// </summary>
internal sealed class AlertBodies(int services, int population)
{
    private static readonly DateTimeOffset FirstEnd = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private int _next = -1;

    public int Population => population;

    /// <summary>A request with the alerts of the population whose turn it is.</summary>
    public byte[] Next(int alerts, string host)
    {
        var body = new StringBuilder("[");
        for (var number = 0; number < alerts; number++)
        {
            var (pass, id) = Math.DivRem(Interlocked.Increment(ref _next), population);
            if (number > 0)
                body.Append(',');
            body.Append(CultureInfo.InvariantCulture, $$$"""{"labels":{"alertname":"HighLatency","namespace":"bench","service":"service-{{{id % services}}}","pod":"pod-{{{id}}}","severity":"warning"},"annotations":{"summary":"Requests take longer than they should."},"startsAt":"2026-01-01T00:00:00Z","endsAt":"{{{FirstEnd.AddSeconds(pass):yyyy-MM-ddTHH:mm:ssZ}}}","generatorURL":"http://127.0.0.1:9090/graph"}""");
        }

        body.Append(']');
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST /api/v2/alerts HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        return Encoding.ASCII.GetBytes(head + body);
    }
}
