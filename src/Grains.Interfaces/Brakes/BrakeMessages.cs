using System.Text.Json.Serialization;

namespace AwoooP.Brakes;

/// <summary>What calls of <see cref="IBrakeGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Pause))]
[JsonSerializable(typeof(Resume))]
[JsonSerializable(typeof(BrakeView))]
internal sealed partial class BrakeMessages : JsonSerializerContext;
