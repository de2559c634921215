using System.Text;

namespace AwoooP.Client.Metrics;

/// <summary>Counts in buckets with upper bounds, cumulative when written.</summary>
internal sealed class HistogramSeries(string name, string? help, IReadOnlyList<double> bounds) : Series(name, "histogram", help)
{
    public static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    public static readonly double[] Milliseconds = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000];
    public static readonly double[] Counts = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16_384];

    protected override Value NewValue() => new Buckets(bounds);

    private sealed class Buckets(IReadOnlyList<double> bounds) : Value
    {
        private readonly long[] _counts = new long[bounds.Count];
        private long _count;
        private double _sum;

        public override void Add(double value)
        {
            _count++;
            _sum += value;
            for (var i = 0; i < _counts.Length; i++)
            {
                if (value <= bounds[i])
                {
                    _counts[i]++;
                    return;
                }
            }
        }

        public override void Write(StringBuilder text, string name, string labels)
        {
            var upTo = 0L;
            var prefix = labels.Length > 0 ? labels + "," : "";
            for (var i = 0; i < _counts.Length; i++)
            {
                upTo += _counts[i];
                WriteSample(text, $"{name}_bucket", $"{prefix}le=\"{Number(bounds[i])}\"", upTo);
            }

            WriteSample(text, $"{name}_bucket", $"{prefix}le=\"+Inf\"", _count);
            WriteSample(text, $"{name}_sum", labels, _sum);
            WriteSample(text, $"{name}_count", labels, _count);
        }
    }
}
