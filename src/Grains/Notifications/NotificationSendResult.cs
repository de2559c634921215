namespace AwoooP.Notifications;

/// <summary>What came of one attempt to send.</summary>
public abstract record NotificationSendResult
{
    private NotificationSendResult()
    {
    }

    /// <param name="MessageId">What the receiver calls the message, when it says so.</param>
    public sealed record Delivered(string? MessageId) : NotificationSendResult;

    /// <param name="RetryAfter">How long the receiver asked to be left alone; null when it did not say.</param>
    public sealed record RateLimited(TimeSpan? RetryAfter) : NotificationSendResult;

    /// <param name="Error">For a person; holds neither the address's secrets nor the payload.</param>
    public sealed record Retryable(string Error) : NotificationSendResult;

    /// <summary>No further attempt can help: an unknown recipient, a refused signature.</summary>
    /// <param name="Error">For a person; holds neither the address's secrets nor the payload.</param>
    public sealed record Permanent(string Error) : NotificationSendResult;
}
