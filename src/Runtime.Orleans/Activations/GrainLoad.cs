using AwoooP.Journal.Reports;

namespace AwoooP.Runtime.Activations;

/// <summary>Which grains are in memory and which of them are busy, found by looking at all of them. One looks at a time.</summary>
internal sealed class GrainLoad(PlacedActivations activations, TimeProvider time) : IGrainFigures
{
    private long _lookedAt = time.GetTimestamp();

    public GrainFigures Look()
    {
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_lookedAt, now).TotalSeconds;
        _lookedAt = now;
        var all = activations.All.Select(static placed => (placed.Context.GrainId, Turns: placed.TakeTurns())).ToList();
        return new GrainFigures(
            [.. all.GroupBy(static placed => placed.GrainId.Type).Select(static type => new GrainCount(type.Key.ToString()!, type.Count()))
                .OrderByDescending(static type => type.Count)],
            elapsed <= 0 ? [] : [.. all.Where(static placed => placed.Turns > 0).OrderByDescending(static placed => placed.Turns).Take(SiloReport.MaxHot)
                .Select(busy => new HotGrain(busy.GrainId.ToString(), Math.Round(busy.Turns / elapsed, 1)))]);
    }
}
