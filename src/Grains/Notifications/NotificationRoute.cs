using AwoooP.Alerts;

namespace AwoooP.Notifications;

/// <summary>Who is told of what.</summary>
public sealed class NotificationRoute
{
    /// <summary>The project it is for; null (the default) for every one.</summary>
    public string? ProjectId { get; set; }

    public NotificationChannel Channel { get; set; } = NotificationChannel.Webhook;

    /// <summary>What the channel understands, e.g. the name of a configured webhook. 1 to 256 characters.</summary>
    public string Recipient { get; set; } = "";

    /// <summary>Incidents less severe than this are left out; default P3, which leaves out none.</summary>
    public Severity MinimumSeverity { get; set; } = Severity.P3;

    /// <summary>Types (TYPE-1 … TYPE-8M) that it wants; empty (the default) for all.</summary>
    public IList<string> Types { get; set; } = [];

    internal bool Wants(string projectId, Severity severity, string type) =>
        (ProjectId is null || string.Equals(ProjectId, projectId, StringComparison.Ordinal))
        && severity <= MinimumSeverity
        && (Types.Count == 0 || Types.Contains(type));
}
