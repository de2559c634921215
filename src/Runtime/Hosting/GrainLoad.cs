using AwoooP.Journal.Reports;
using AwoooP.Runtime.Activations;

namespace AwoooP.Runtime.Hosting;

/// <summary>Which grains are in memory and which of them are busy, found by looking at all of them. One looks at a time.</summary>
internal sealed class GrainLoad(EmbeddedEngine engine) : IGrainFigures
{
    private long _lookedAt = engine.Time.GetTimestamp();

    public GrainFigures Look()
    {
        var now = engine.Time.GetTimestamp();
        var elapsed = engine.Time.GetElapsedTime(_lookedAt, now).TotalSeconds;
        _lookedAt = now;
        return new GrainFigures(
            [.. engine.Hosts.Where(static host => host.Count > 0).Select(static host => new GrainCount(host.GrainType, host.Count))
                .OrderByDescending(static type => type.Count)],
            elapsed > 0 ? [.. Busiest().Select(busy => new HotGrain(busy.Activation.GrainId.ToString(), Math.Round(busy.Turns / elapsed, 1)))] : []);
    }

    /// <summary>Holds no more than are shown, whatever the number in memory. Stateless workers have no address of their own, so they are left out.</summary>
    private IEnumerable<(Activation Activation, long Turns)> Busiest()
    {
        var busiest = new PriorityQueue<Activation, long>(SiloReport.MaxHot + 1);
        foreach (var host in engine.Hosts)
        {
            if (host is not IdentityGrainHost)
                continue;

            foreach (var activation in host.Activations())
            {
                if (activation.TakeTurns() is not (> 0 and var turns))
                    continue;
                if (busiest.Count < SiloReport.MaxHot)
                    busiest.Enqueue(activation, turns);
                else
                    busiest.EnqueueDequeue(activation, turns);
            }
        }

        return busiest.UnorderedItems.OrderByDescending(static item => item.Priority).Select(static item => (item.Element, item.Priority));
    }
}
