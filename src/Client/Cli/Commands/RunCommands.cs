using System.CommandLine;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class RunCommands
{
    private const string Root = $"{PlatformApi.Root}/runs";

    private static readonly Argument<string> Id = new("id") { Description = "The run." };
    private static readonly QueryOption State = new("--state", "state", "pending, running, waiting_tool, waiting_approval, completed, failed, cancelled or timed_out.");

    public static Command Create() => CommandLine.Group("runs", "Runs of playbooks.",
        CommandLine.List(
            "Runs, newest first.", "No runs.", Root, [State, SharedOptions.Incident, SharedOptions.Since, SharedOptions.Until],
            "run_id", "state", "kind", "playbook_name:playbook", "target", "incident_id", "attempt", "error_code", "created_at"),
        CommandLine.Api("show", "One run, with its steps.", [Id], async (arguments, api, token) =>
            Shown.One(arguments, await api.GetAsync($"{Root}/{arguments.GetValue(Id)}", token))),
        CommandLine.Api("cancel", "Stop a run.", [Id, SharedOptions.OptionalReason], async (arguments, api, token) =>
        {
            var body = new JsonObject { ["reason"] = arguments.GetValue(SharedOptions.OptionalReason) };
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, $"{Root}/{arguments.GetValue(Id)}/cancel", body, token));
        }));
}
