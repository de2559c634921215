using System.Text.Json.Serialization;

namespace AwoooP.Alerts;

/// <summary>What calls of <see cref="IAlertGrain"/> and <see cref="IAlertIntakeGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReceiveAlerts))]
[JsonSerializable(typeof(LinkIncident))]
[JsonSerializable(typeof(AlertView))]
[JsonSerializable(typeof(SentAlerts))]
[JsonSerializable(typeof(AlertsTaken))]
internal sealed partial class AlertMessages : JsonSerializerContext;
