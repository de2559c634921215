using System.Diagnostics.Metrics;

namespace AwoooP.Journal.Membership;

/// <summary>What becomes of the partitions of this silo, on the meter <c>AwoooP.Journal</c>.</summary>
internal sealed class MembershipMetrics
{
    private readonly Counter<long> _taken;
    private readonly Counter<long> _released;
    private readonly Counter<long> _declaredDead;
    private readonly Histogram<double> _handOver;

    public MembershipMetrics(IMeterFactory meters, OwnedPartitions owned, LeaseGuard lease)
    {
        var meter = meters.Create(JournalTelemetry.Name);
        _taken = meter.CreateCounter<long>("awooop.journal.partitions.taken", "{partition}", "Partitions that this silo took");
        _released = meter.CreateCounter<long>("awooop.journal.partitions.released", "{partition}", "Partitions that this silo handed over to another");
        _declaredDead = meter.CreateCounter<long>("awooop.journal.silos.declared_dead", "{silo}", "Other silos that this one declared dead");
        _handOver = meter.CreateHistogram<double>("awooop.journal.handover.duration", "s", "From the first word to their grains until partitions were nobody's");
        meter.CreateObservableGauge("awooop.journal.partitions.owned", () => owned.Owned.Count, "{partition}", "Partitions that this silo may write now");
        meter.CreateObservableGauge("awooop.journal.lease.valid", () => lease.IsValid ? 1 : 0, "{lease}", "1 while the lease of this silo runs");
    }

    public void Taken(int partitions) => _taken.Add(partitions);

    public void Released(int partitions, TimeSpan took)
    {
        _released.Add(partitions);
        _handOver.Record(took.TotalSeconds);
    }

    public void DeclaredDead() => _declaredDead.Add(1);
}
