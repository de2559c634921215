using System.CommandLine;
using System.Text.Json.Nodes;

namespace AwoooP.Client.Cli.Commands;

internal static class IncidentCommands
{
    private const string Root = "/v1/platform/incidents";

    private static readonly Argument<string> Id = new("id") { Description = "The incident, e.g. INC-20260301-0A1B2C." };
    private static readonly Option<string?> Status = ListOptions.Filter("--status", "investigating, mitigating, escalated, resolved or closed.");
    private static readonly Option<string?> Severity = ListOptions.Filter("--severity", "P0 to P3.");
    private static readonly Option<string?> Category = ListOptions.Filter("--category", "The alert's category.");

    public static Command Create() => CommandLine.Group("incidents", "Incidents.",
        List(),
        CommandLine.Api("show", "One incident, with its plan.", [Id], async (arguments, api, token) =>
            Shown.One(arguments, await api.GetAsync($"{Root}/{arguments.GetValue(Id)}", token))),
        CommandLine.Api("timeline", "The story of one incident.", [Id, ListOptions.Cursor, ListOptions.Limit], async (arguments, api, token) =>
            Shown.List(arguments, await api.GetAsync($"{Root}/{arguments.GetValue(Id)}/timeline",
                [("cursor", arguments.GetValue(ListOptions.Cursor)), ("limit", arguments.GetValue(ListOptions.Limit))], token), "created_at", "event_type", "status", "title", "actor")),
        Act("ack", "acknowledge", "Say that a person looks at it.", "comment", ListOptions.Comment),
        Act("escalate", "escalate", "Hand it to people.", "reason", ListOptions.Reason!),
        Act("resolve", "resolve", "Say that it is over.", "comment", ListOptions.Comment),
        Act("close", "close", "Close it for good.", "comment", ListOptions.Comment));

    private static Command List() => CommandLine.Api(
        "list", "Incidents, newest first.", [Status, Severity, Category, ListOptions.Since, ListOptions.Cursor, ListOptions.Limit],
        async (arguments, api, token) => Shown.List(arguments, await api.GetAsync(Root,
            [
                ("status", arguments.GetValue(Status)), ("severity", arguments.GetValue(Severity)), ("category", arguments.GetValue(Category)),
                ("since", arguments.GetValue(ListOptions.Since)), ("cursor", arguments.GetValue(ListOptions.Cursor)), ("limit", arguments.GetValue(ListOptions.Limit)),
            ], token), "incident_id", "status", "severity", "alertname", "alert_category", "created_at"));

    private static Command Act(string name, string action, string description, string field, Option<string?> text) =>
        CommandLine.Api(name, description, [Id, text], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, $"{Root}/{arguments.GetValue(Id)}/{action}", new JsonObject { [field] = arguments.GetValue(text) }, token)));
}
