using System.CommandLine;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class ProjectCommands
{
    internal const string Root = $"{PlatformApi.Root}/projects";

    private static readonly Argument<string> Id = new("id") { Description = "The project, e.g. awoooi." };
    private static readonly QueryOption Status = new("--status", "status", "active or suspended.");

    public static Command Create() => CommandLine.Group("projects", "Projects, each of which is a tenant; 'apply' configures them.",
        CommandLine.List(
            "The projects that you have a role in.", "No projects.", Root, [Status], "project_id", "status", "name", "created_at", "updated_at", "suspended_by", "suspended_reason"),
        CommandLine.Api("show", "One project, with its configuration.", [Id], async (arguments, api, token) =>
            Shown.One(arguments, await api.GetAsync(Path(arguments), token))),
        ProjectCreateCommand.Create(),
        Act("suspend", "Take no alerts and no commands for it, and let its automation rest.", SharedOptions.Reason!),
        Act("resume", "Let a suspended project go on.", SharedOptions.OptionalReason));

    private static Command Act(string action, string description, Option<string?> reason) =>
        CommandLine.Api(action, description, [Id, reason], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(
                HttpMethod.Post, $"{Path(arguments)}/{action}", new JsonObject { ["reason"] = arguments.GetValue(reason) }, token)));

    private static string Path(ParseResult arguments) => $"{Root}/{Uri.EscapeDataString(arguments.GetValue(Id)!)}";
}
