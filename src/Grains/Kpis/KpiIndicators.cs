using AwoooP.Aggregates;

namespace AwoooP.Kpis;

/// <summary>Takes facts and computes the indicators from the days. Pure.</summary>
internal static class KpiIndicators
{
    public static Decision<KpiEvent> Follow(Kpi kpi, FollowKpis command)
    {
        var seen = kpi.Seqs.GetValueOrDefault(command.Partition, -1);
        KpiFact[] fresh = [.. command.Facts.Where(fact => fact.Seq > seen)];
        return fresh.Length == 0
            ? Decision<KpiEvent>.Nothing
            : Decision<KpiEvent>.Of(new KpiFactsFollowed(command.Partition, fresh[^1].Seq, fresh));
    }

    public static KpiView At(Kpi kpi, DateTimeOffset now)
    {
        var after = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-Kpi.Days);
        KpiDay[] days = [.. kpi.Buckets.Where(day => day.Date > after)];
        var repaired = days.Sum(day => day.ResolvedByRepair);
        var resolved = repaired + days.Sum(day => day.ResolvedOtherwise);
        var approvals = days.Sum(day => day.Approvals);
        return new KpiView(
            resolved,
            Ratio(repaired, resolved),
            Ratio(days.Sum(day => day.ResolveSeconds), resolved),
            approvals,
            Ratio(days.Sum(day => day.ApprovalSeconds), approvals));
    }

    private static double? Ratio(double part, int whole) => whole == 0 ? null : part / whole;
}
