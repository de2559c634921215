using System.Text.Json.Serialization;

namespace AwoooP.Notifications;

/// <summary>What calls of <see cref="INotificationGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(QueueNotification))]
[JsonSerializable(typeof(RecordNotificationAction))]
[JsonSerializable(typeof(NotificationView))]
internal sealed partial class NotificationMessages : JsonSerializerContext;
