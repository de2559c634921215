namespace AwoooP.Notifications;

/// <param name="Type">TYPE-1 … TYPE-8M.</param>
/// <param name="Recipient">What the channel understands: the name of a configured webhook, a chat, an address.</param>
/// <param name="Attempt">From 1.</param>
public sealed record NotificationMessage(
    string ProjectId,
    Guid NotificationId,
    string Type,
    string Recipient,
    string Title,
    string Body,
    string? IncidentId,
    Guid? ApprovalId,
    DateTimeOffset QueuedAt,
    int Attempt,
    string? TraceId);
