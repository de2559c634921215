using System.Text.Json.Serialization;

namespace AwoooP.Trust;

/// <summary>What calls of <see cref="ITrustRecordGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RecordVerdict))]
[JsonSerializable(typeof(TrustView))]
internal sealed partial class TrustMessages : JsonSerializerContext;
