namespace AwoooP.Notifications;

/// <summary>Where notifications go. Without routes, nobody is told.</summary>
public sealed class NotificationOptions
{
    public const string Section = "Notifications";

    public IList<NotificationRoute> Routes { get; set; } = [];

    /// <summary>The platform's own address as people reach it, e.g. <c>https://awooop.example</c>, for links; null leaves links out.</summary>
    public Uri? PublicUrl { get; set; }
}
