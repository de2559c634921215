using System.Globalization;
using System.Text;

namespace AwoooP.Bench.Intake;

/// <summary>
/// Whole HTTP requests, made before the measurement: alerts that differ in one label, over a bounded number of services,
/// so that the same bytes go to either side.
/// </summary>
internal sealed class AlertBodies(int services)
{
    private int _next;

    /// <summary>A request with the given number of alerts that were never sent before.</summary>
    public byte[] Next(int alerts, string host)
    {
        var body = new StringBuilder("[");
        for (var number = 0; number < alerts; number++)
        {
            var id = Interlocked.Increment(ref _next);
            if (number > 0)
                body.Append(',');
            body.Append(CultureInfo.InvariantCulture, $$$"""{"labels":{"alertname":"HighLatency","namespace":"bench","service":"service-{{{id % services}}}","pod":"pod-{{{id}}}","severity":"warning"},"annotations":{"summary":"Requests take longer than they should."},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z","generatorURL":"http://127.0.0.1:9090/graph"}""");
        }

        body.Append(']');
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST /api/v2/alerts HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        return Encoding.ASCII.GetBytes(head + body);
    }
}
