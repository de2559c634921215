using System.Diagnostics.Metrics;

namespace AwoooP.Runtime.Activations;

/// <summary>What the page of metrics tells of this engine, under the names that the embedded one has for it. Orleans' own meter tells more.</summary>
internal sealed class EngineMetrics
{
    private readonly Counter<long> _calls;
    private readonly Counter<long> _repeats;
    private readonly Counter<long> _withheld;

    public EngineMetrics(IMeterFactory meters, PlacedActivations activations)
    {
        var meter = meters.Create("AwoooP.Runtime");
        meter.CreateObservableGauge("awooop.runtime.activations", () => Count(activations), "{activation}", "Activations in memory.");
        _calls = meter.CreateCounter<long>("awooop.runtime.calls", "{turn}", "Turns started by calls.");
        _repeats = meter.CreateCounter<long>("awooop.runtime.call.repeats", "{call}", "Calls that were sent again, since they were surely not run or may run twice.");
        _withheld = meter.CreateCounter<long>("awooop.runtime.call.withheld", "{call}", "Answers that were not given, since the lease or the partition was lost.");
    }

    public void Called(GrainId grain) => _calls.Add(1, Tag(grain.Type));

    public void Repeated(GrainId grain) => _repeats.Add(1, Tag(grain.Type));

    public void Withheld(GrainId grain) => _withheld.Add(1, Tag(grain.Type));

    private static IEnumerable<Measurement<long>> Count(PlacedActivations activations) => activations.All
        .GroupBy(static placed => placed.Context.GrainId.Type)
        .Select(static type => new Measurement<long>(type.LongCount(), Tag(type.Key)));

    private static KeyValuePair<string, object?> Tag(GrainType type) => new("grain_type", type.ToString());
}
