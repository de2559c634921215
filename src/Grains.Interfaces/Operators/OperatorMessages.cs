using System.Text.Json.Serialization;

namespace AwoooP.Operators;

/// <summary>What calls of <see cref="IOperatorKeyGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IssueOperatorKey))]
[JsonSerializable(typeof(RevokeOperatorKey))]
[JsonSerializable(typeof(RotateOperatorKey))]
[JsonSerializable(typeof(OperatorKeyView))]
internal sealed partial class OperatorMessages : JsonSerializerContext;
