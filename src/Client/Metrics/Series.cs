using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace AwoooP.Client.Metrics;

/// <summary>One instrument's values by tag set, as Prometheus names and writes them.</summary>
internal abstract class Series(string name, string type, string? help)
{
    /// <summary>Tags come from bounded sets; this holds if one does not.</summary>
    private const int MaxTagSets = 2000;

    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public static Series Of(Instrument instrument)
    {
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var name = MetricName.Of(instrument.Name, instrument.Unit);
        if (kind == typeof(Histogram<>))
            return new HistogramSeries(name, instrument.Description, Bounds(instrument));
        if (kind == typeof(Counter<>))
            return new SumSeries(MetricName.Total(name), "counter", instrument.Description);
        if (kind == typeof(UpDownCounter<>))
            return new SumSeries(name, "gauge", instrument.Description);
        return kind == typeof(ObservableCounter<>)
            ? new LastSeries(MetricName.Total(name), "counter", instrument.Description)
            : new LastSeries(name, "gauge", instrument.Description);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        lock (_values)
        {
            if (!_values.TryGetValue(labels, out var known))
            {
                if (_values.Count >= MaxTagSets)
                    return;

                _values[labels] = known = NewValue();
            }

            known.Add(value);
        }
    }

    /// <summary>Before observable instruments tell their values anew.</summary>
    public void BeginCollection()
    {
        if (this is not LastSeries)
            return;

        lock (_values)
            _values.Clear();
    }

    public void WriteHeader(StringBuilder text)
    {
        if (help is { Length: > 0 })
            text.Append("# HELP ").Append(Name).Append(' ')
                .Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');

        text.Append("# TYPE ").Append(Name).Append(' ').Append(type).Append('\n');
    }

    public void WriteSamples(StringBuilder text)
    {
        lock (_values)
        {
            foreach (var (labels, value) in _values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                value.Write(text, Name, labels);
        }
    }

    protected abstract Value NewValue();

    protected static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    protected static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";

        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (text.Length > 0)
                text.Append(',');

            text.Append(MetricName.Clean(name)).Append("=\"");
            foreach (var c in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
                text.Append(c switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", _ => c.ToString() });

            text.Append('"');
        }

        return text.ToString();
    }

    private static IReadOnlyList<double> Bounds(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        { Unit: "s" } => HistogramSeries.Seconds,
        { Unit: "ms" } => HistogramSeries.Milliseconds,
        _ => HistogramSeries.Counts,
    };

    protected abstract class Value
    {
        public abstract void Add(double value);

        public abstract void Write(StringBuilder text, string name, string labels);
    }
}
