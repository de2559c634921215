using System.Globalization;

namespace AwoooP.Bench.Intake;

/// <param name="Intake">Alerts that were acknowledged and have not reached their grains.</param>
/// <param name="Delivery">Events of grains that records and reactions have not taken.</param>
/// <param name="Consumed">Alerts that reached their grains since the start.</param>
internal readonly record struct Backlog(long Intake, long Delivery, long Consumed)
{
    public bool IsEmpty => Intake == 0 && Delivery == 0;

    /// <summary>As a silo tells it in its metrics, of the partitions that it owns.</summary>
    public static async Task<Backlog> ReadAsync(HttpClient http, Uri silo, CancellationToken cancellationToken)
    {
        var metrics = await http.GetStringAsync(new Uri(silo, "/metrics"), cancellationToken);
        return new Backlog(Sum("awooop_intake_lag"), Sum("awooop_delivery_lag"), Sum("awooop_intake_consumed"));

        long Sum(string name) => metrics.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Sum(line => (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
