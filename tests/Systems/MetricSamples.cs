using System.Globalization;

namespace AwoooP.Systems;

/// <summary>What processes tell at <c>/metrics</c>, in Prometheus' text format.</summary>
public sealed class MetricSamples
{
    private static readonly HttpClient Http = new();

    private readonly IReadOnlyList<string> _samples;

    private MetricSamples(IReadOnlyList<string> samples) => _samples = samples;

    public static async Task<MetricSamples> ReadAsync(params IEnumerable<ServerProcess> processes)
    {
        var pages = await Task.WhenAll(processes.Select(static process => Http.GetStringAsync(new Uri(process.Address, "metrics"))));
        return new MetricSamples([.. pages.SelectMany(static page => page.Split('\n')).Where(static line => line.Length > 0 && line[0] != '#')]);
    }

    /// <summary>The sum over processes and labels of one metric, whatever its name ends with for its unit and kind; null when nobody tells it.</summary>
    /// <param name="name">As the page begins it.</param>
    /// <param name="label">Of which to count only those; as the page writes it, such as <c>le="1"</c>.</param>
    public double? SumOf(string name, string label = "")
    {
        var values = _samples
            .Where(sample => sample.StartsWith(name, StringComparison.Ordinal) && sample.Contains(label, StringComparison.Ordinal))
            .Select(ValueOf)
            .ToList();
        return values.Count == 0 ? null : values.Sum();
    }

    /// <summary>"name{labels} value", and a time after it or none.</summary>
    private static double ValueOf(string sample)
    {
        var labels = sample.LastIndexOf('}');
        var values = labels < 0 ? sample[sample.IndexOf(' ', StringComparison.Ordinal)..] : sample[(labels + 1)..];
        return double.Parse(values.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
