using AwoooP.Notifications;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>notification_outcomes</c> as its projection folds it.</summary>
internal sealed record NotificationRecord
{
    public required AggregateKey Key { get; init; }
    public required long OutcomeId { get; init; }
    public string? IncidentId { get; init; }
    public string? ApprovalId { get; init; }
    public required NotificationChannel Channel { get; init; }
    public required string Type { get; init; }
    public required string Recipient { get; init; }
    public string? MessageId { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public required NotificationStatus Status { get; init; }
    public string? Error { get; init; }
    public string? Action { get; init; }
    public DateTimeOffset? ActionAt { get; init; }
    public string? Comment { get; init; }
    public int Snoozed { get; init; }
    public int? SecondsToAction { get; init; }
    public required NotificationMetadata Metadata { get; init; }
}

/// <summary><c>notification_outcomes.metadata</c>.</summary>
internal sealed record NotificationMetadata(string Title, DateTimeOffset QueuedAt)
{
    public int Attempts { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public string? ActionBy { get; init; }
}
