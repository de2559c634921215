using System.CommandLine;
using System.Text.Json.Nodes;

namespace AwoooP.Client.Cli.Commands;

internal static class RunCommands
{
    private const string Root = "/v1/platform/runs";

    private static readonly Argument<string> Id = new("id") { Description = "The run." };
    private static readonly Option<string?> State = ListOptions.Filter("--state", "pending, running, waiting_tool, waiting_approval, completed, failed, cancelled or timed_out.");

    public static Command Create() => CommandLine.Group("runs", "Runs of playbooks.",
        CommandLine.Api("list", "Runs, newest first.", [State, ListOptions.Incident, ListOptions.Since, ListOptions.Cursor, ListOptions.Limit], async (arguments, api, token) =>
            Shown.List(arguments, await api.GetAsync(Root,
                [
                    ("state", arguments.GetValue(State)), ("incident_id", arguments.GetValue(ListOptions.Incident)), ("since", arguments.GetValue(ListOptions.Since)),
                    ("cursor", arguments.GetValue(ListOptions.Cursor)), ("limit", arguments.GetValue(ListOptions.Limit)),
                ], token), "run_id", "state", "kind", "incident_id", "attempt", "error_code", "created_at")),
        CommandLine.Api("show", "One run, with its steps.", [Id], async (arguments, api, token) =>
            Shown.One(arguments, await api.GetAsync($"{Root}/{arguments.GetValue(Id)}", token))),
        CommandLine.Api("cancel", "Stop a run.", [Id, ListOptions.OptionalReason], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(
                HttpMethod.Post, $"{Root}/{arguments.GetValue(Id)}/cancel", new JsonObject { ["reason"] = arguments.GetValue(ListOptions.OptionalReason) }, token))));
}
