using System.Text;

namespace AwoooP.Client.Metrics;

/// <summary>Adds up what is recorded.</summary>
internal sealed class SumSeries(string name, string type, string? help) : Series(name, type, help)
{
    protected override Value NewValue() => new Sum();

    private sealed class Sum : Value
    {
        private double _sum;

        public override void Add(double value) => _sum += value;

        public override void Write(StringBuilder text, string name, string labels) => WriteSample(text, name, labels, _sum);
    }
}
