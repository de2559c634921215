using AwoooP.Notifications;

namespace AwoooP.Records;

/// <summary>Which notifications are wanted; a part that is null does not filter.</summary>
public sealed record NotificationFilter(NotificationStatus? Status = null, string? IncidentId = null, string? ApprovalId = null);
