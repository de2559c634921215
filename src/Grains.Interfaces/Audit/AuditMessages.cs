using System.Text.Json.Serialization;

namespace AwoooP.Audit;

/// <summary>What calls of <see cref="IAuditGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DenyAct))]
[JsonSerializable(typeof(CountDenials))]
[JsonSerializable(typeof(BeginSession))]
[JsonSerializable(typeof(EndSession))]
internal sealed partial class AuditMessages : JsonSerializerContext;
