namespace AwoooP.Integrations.Channels;

/// <summary>Receivers of notifications over HTTP. Section <c>Integrations:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>By the name that a notification's recipient holds. Default: none; a message to an unknown name fails for good.</summary>
    public IDictionary<string, WebhookReceiver> Receivers { get; set; } = new Dictionary<string, WebhookReceiver>();

    /// <summary>Seconds for one attempt, answer included. Default 10; 1 to 10. A slower receiver is tried again later.</summary>
    public int TimeoutSeconds { get; set; } = 10;
}
