using System.CommandLine;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class HoldCommands
{
    private const string Root = $"{PlatformApi.Root}/legal-holds";

    private static readonly Argument<string> Id = new("hold") { Description = "The id of a hold." };
    private static readonly Option<string?> Incident = new("--incident") { Description = "Only this incident with its rows; the whole project without it." };
    private static readonly QueryOption Open = new("--open", "open", "true or false.");

    public static Command Create() => CommandLine.Group("holds", "Legal holds: what is not removed, whatever its term.",
        CommandLine.List(
            "Legal holds, newest first.", "No legal holds.", Root, [Open],
            "hold_id", "scope", "incident_id", "reason", "placed_by", "placed_at", "released_by", "released_at"),
        CommandLine.Api("show", "One legal hold.", [Id], async (arguments, api, token) => Shown.One(arguments, await api.GetAsync(Path(arguments), token))),
        CommandLine.Api("place", "Keep the project, or one incident, from being removed.", [Incident, SharedOptions.Reason], async (arguments, api, token) =>
        {
            var incident = arguments.GetValue(Incident);
            var body = new JsonObject { ["scope"] = incident is null ? "project" : "incident", ["reason"] = arguments.GetValue(SharedOptions.Reason) };
            if (incident is not null)
                body["incident_id"] = incident;
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, Root, body, token));
        }),
        CommandLine.Api("release", "Let the terms count again.", [Id, SharedOptions.Reason], async (arguments, api, token) => Shown.One(arguments, await api.SendAsync(
            HttpMethod.Post, $"{Path(arguments)}/release", new JsonObject { ["reason"] = arguments.GetValue(SharedOptions.Reason) }, token))));

    private static string Path(ParseResult arguments) => $"{Root}/{Uri.EscapeDataString(arguments.GetValue(Id)!)}";
}
