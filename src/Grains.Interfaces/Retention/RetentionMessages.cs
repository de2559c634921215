using System.Text.Json.Serialization;

namespace AwoooP.Retention;

/// <summary>What calls of <see cref="IRetentionGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SetRetentionTerms))]
[JsonSerializable(typeof(RetentionView))]
internal sealed partial class RetentionMessages : JsonSerializerContext;
