using System.Text.Json.Serialization;
using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Reports;

/// <summary>What a silo writes about itself beside its lease, for people to look at; nothing is decided by it.</summary>
public sealed record SiloReport(IReadOnlyList<GrainCount> Activations, IReadOnlyList<HotGrain> HotGrains, IReadOnlyList<HotPartition> HotPartitions)
{
    /// <summary>So many grains and so many partitions are told, those with the most to do.</summary>
    public const int MaxHot = 10;

    /// <summary>How the log is delivered there; null when it was not told.</summary>
    public IReadOnlyList<ConsumerStatus>? Consumers { get; init; }

    /// <summary>In UTF-8. The table refuses more.</summary>
    internal const int MaxBytes = 16 * 1024;
}

/// <summary>A newer silo may tell more: what is unknown is skipped.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SiloReport))]
internal sealed partial class SiloReportJson : JsonSerializerContext;
