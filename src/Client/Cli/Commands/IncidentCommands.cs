using System.CommandLine;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class IncidentCommands
{
    private const string Root = $"{PlatformApi.Root}/incidents";

    private static readonly Argument<string> Id = new("id") { Description = "The incident, e.g. INC-20260301-0A1B2C." };
    private static readonly QueryOption Status = new("--status", "status", "investigating, mitigating, escalated, resolved or closed.");
    private static readonly QueryOption Severity = new("--severity", "severity", "P0 to P3.");
    private static readonly QueryOption Category = new("--category", "category", "The alert's category.");

    public static Command Create() => CommandLine.Group("incidents", "Incidents.",
        CommandLine.List(
            "Incidents, newest first.", "No incidents.", Root, [Status, Severity, Category, SharedOptions.Since, SharedOptions.Until],
            "incident_id", "status", "severity", "alertname", "affected_services:target", "alert_category:category", "created_at"),
        CommandLine.Api("show", "One incident, with its plan.", [Id], async (arguments, api, token) =>
            Shown.One(arguments, await api.GetAsync($"{Root}/{arguments.GetValue(Id)}", token))),
        CommandLine.List(
            "timeline", "The story of one incident.", "Nothing has happened.", [Id], arguments => $"{Root}/{arguments.GetValue(Id)}/timeline", [],
            "created_at", "event_type", "status", "title", "actor", "description"),
        Act("ack", "acknowledge", "Say that a person looks at it.", "comment", SharedOptions.Comment),
        Act("escalate", "escalate", "Hand it to people.", "reason", SharedOptions.Reason!),
        Act("resolve", "resolve", "Say that it is over.", "comment", SharedOptions.Comment),
        Act("close", "close", "Close it for good.", "comment", SharedOptions.Comment));

    private static Command Act(string name, string action, string description, string field, Option<string?> text) =>
        CommandLine.Api(name, description, [Id, text], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(
                HttpMethod.Post, $"{Root}/{arguments.GetValue(Id)}/{action}", new JsonObject { [field] = arguments.GetValue(text) }, token)));
}
