using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Kpis;

public abstract record KpiEvent;

public sealed record KpiFactsFollowed(short Partition, long LastSeq, IReadOnlyList<KpiFact> Facts) : KpiEvent;

public static class KpiEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<KpiFactsFollowed>("kpi.facts_followed", 1, KpiEventJson.Default.KpiFactsFollowed),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KpiFactsFollowed))]
internal sealed partial class KpiEventJson : JsonSerializerContext;
