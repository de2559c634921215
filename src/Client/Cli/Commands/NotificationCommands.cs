using System.CommandLine;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class NotificationCommands
{
    private static readonly QueryOption Status = new("--status", "status", "pending, rate_limited, delivered or failed.");
    private static readonly QueryOption Approval = new("--approval", "approval_id", "Only of this approval.");

    public static Command Create() => CommandLine.List(
        "notifications", "What people were told, newest first.", "No notifications.", [], _ => $"{PlatformApi.Root}/notifications",
        [Status, SharedOptions.Incident, Approval],
        "sent_at", "delivery_status", "channel", "notification_type", "incident_id", "delivery_error", "user_action");
}
