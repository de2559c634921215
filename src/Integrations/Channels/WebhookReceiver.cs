namespace AwoooP.Integrations.Channels;

/// <summary>One receiver.</summary>
public sealed class WebhookReceiver
{
    /// <summary>Where messages are posted: http or https, without credentials. Redirects are not followed.</summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// A reference to the key that messages are signed with: <c>env://NAME</c> or <c>file:///path#key</c>. Required, as an unsigned message proves nothing.
    /// Unreadable: messages wait and are tried again.
    /// </summary>
    public string Secret { get; set; } = "";
}
