using System.Text.Json.Serialization;

namespace AwoooP.Kpis;

/// <summary>What calls of <see cref="IKpiGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FollowKpis))]
[JsonSerializable(typeof(KpiView))]
internal sealed partial class KpiMessages : JsonSerializerContext;
