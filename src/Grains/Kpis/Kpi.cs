using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Kpis;

internal sealed record Kpi : IAggregateState<Kpi, KpiEvent>
{
    /// <summary>The window of the indicators.</summary>
    public const int Days = 30;

    public static string AggregateType => AggregateTypes.Kpi;

    public static Kpi Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<Kpi> Json => KpiJson.Default.Kpi;

    /// <summary>Sums by UTC day, oldest first; at most <see cref="Days"/> before the newest.</summary>
    public ImmutableArray<KpiDay> Buckets { get; init; } = [];

    /// <summary>The last sequence number taken of each source partition.</summary>
    public ImmutableDictionary<short, long> Seqs { get; init; } = ImmutableDictionary<short, long>.Empty;

    public bool IsEnded => false;

    public Kpi Apply(KpiEvent @event, DateTimeOffset at) => @event switch
    {
        KpiFactsFollowed followed => this with
        {
            Buckets = followed.Facts.Aggregate(Buckets, Add),
            Seqs = Seqs.SetItem(followed.Partition, followed.LastSeq),
        },
        _ => throw new InvalidOperationException($"KPIs know no {@event.GetType().Name}."),
    };

    /// <summary>Facts of different partitions come in any order, so a day may be found again.</summary>
    private static ImmutableArray<KpiDay> Add(ImmutableArray<KpiDay> days, KpiFact fact)
    {
        var date = DateOnly.FromDateTime(fact.At.UtcDateTime);
        if (!days.IsEmpty && date <= days[^1].Date.AddDays(-Days))
            return days;

        var at = days.TakeWhile(day => day.Date < date).Count();
        days = at < days.Length && days[at].Date == date
            ? days.SetItem(at, days[at].Add(fact))
            : days.Insert(at, new KpiDay(date, 0, 0, 0, 0, 0).Add(fact));
        var oldest = days[^1].Date.AddDays(-Days);
        return days.RemoveAll(day => day.Date <= oldest);
    }
}

/// <param name="ResolveSeconds">Summed over all resolved.</param>
/// <param name="ApprovalSeconds">Summed over all granted.</param>
internal sealed record KpiDay(DateOnly Date, int ResolvedByRepair, int ResolvedOtherwise, double ResolveSeconds, int Approvals, double ApprovalSeconds)
{
    public KpiDay Add(KpiFact fact) => fact.Kind switch
    {
        KpiFactKind.ResolvedByRepair => this with { ResolvedByRepair = ResolvedByRepair + 1, ResolveSeconds = ResolveSeconds + fact.Seconds },
        KpiFactKind.ResolvedOtherwise => this with { ResolvedOtherwise = ResolvedOtherwise + 1, ResolveSeconds = ResolveSeconds + fact.Seconds },
        KpiFactKind.ApprovalGranted => this with { Approvals = Approvals + 1, ApprovalSeconds = ApprovalSeconds + fact.Seconds },
        _ => throw new InvalidOperationException($"KPIs know no {fact.Kind}."),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Kpi))]
internal sealed partial class KpiJson : JsonSerializerContext;
