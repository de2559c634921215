using System.Text.Json;
using AwoooP.Notifications;

namespace AwoooP.Records;

/// <summary>A notification and what came of it, as the API answers it.</summary>
public sealed record NotificationRow
{
    public required long OutcomeId { get; init; }
    public required string ProjectId { get; init; }
    public required Guid NotificationId { get; init; }
    public required string? IncidentId { get; init; }
    public required string? ApprovalId { get; init; }
    public required NotificationChannel Channel { get; init; }
    public required string? NotificationType { get; init; }
    public required string? Recipient { get; init; }
    public required string? MessageId { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public required NotificationStatus DeliveryStatus { get; init; }
    public required string? DeliveryError { get; init; }
    public required string? UserAction { get; init; }
    public required DateTimeOffset? UserActionAt { get; init; }
    public required string? UserComment { get; init; }
    public required int SnoozedCount { get; init; }
    public required int? TimeToActionSec { get; init; }

    /// <summary>title, queued_at, attempts, next_attempt_at, action_by.</summary>
    public required JsonElement? Metadata { get; init; }
}
