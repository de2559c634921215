using System.Text;

namespace AwoooP.Client.Metrics;

/// <summary>Keeps what was recorded last; what is no longer observed disappears.</summary>
internal sealed class LastSeries(string name, string type, string? help) : Series(name, type, help)
{
    protected override Value NewValue() => new Last();

    private sealed class Last : Value
    {
        private double _last;

        public override void Add(double value) => _last = value;

        public override void Write(StringBuilder text, string name, string labels) => WriteSample(text, name, labels, _last);
    }
}
