using System.CommandLine;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class PlaybookCommands
{
    private const string Root = $"{PlatformApi.Root}/playbooks";

    private static readonly Argument<string> Id = new("id") { Description = "The playbook, e.g. PB-20260301-0A1B2C." };
    private static readonly QueryOption Status = new("--status", "status", "draft, approved, active or archived.");
    private static readonly Option<FileInfo> Definition = new("--file", "-f") { Description = "The definition, as JSON.", Required = true };

    public static Command Create() => CommandLine.Group("playbooks", "Playbooks.",
        CommandLine.List(
            "Playbooks, newest first.", "No playbooks.", Root, [Status], "playbook_id", "status", "name", "version_label", "trust_score", "success_count", "failure_count"),
        CommandLine.Api("show", "One playbook.", [Id], async (arguments, api, token) =>
            Shown.One(arguments, await api.GetAsync($"{Root}/{arguments.GetValue(Id)}", token))),
        CommandLine.Api("create", "Make a playbook from a file, as a draft.", [Definition], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, Root, await ReadAsync(arguments, token), token))),
        CommandLine.Api("revise", "Give a playbook a new version from a file.", [Id, Definition, SharedOptions.OptionalReason], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(HttpMethod.Put, $"{Root}/{arguments.GetValue(Id)}",
                new JsonObject { ["definition"] = await ReadAsync(arguments, token), ["reason"] = arguments.GetValue(SharedOptions.OptionalReason) }, token))),
        Act("approve", "Say that a draft is fit for use.", withReason: false),
        Act("activate", "Let it be proposed for incidents.", withReason: false),
        Act("archive", "Take it out of use.", withReason: true),
        Act("restore", "Undo an archiving.", withReason: true));

    private static Command Act(string action, string description, bool withReason)
    {
        IEnumerable<Symbol> symbols = withReason ? [Id, SharedOptions.OptionalReason] : [Id];
        return CommandLine.Api(action, description, symbols, async (arguments, api, token) =>
        {
            var body = withReason ? new JsonObject { ["reason"] = arguments.GetValue(SharedOptions.OptionalReason) } : null;
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, $"{Root}/{arguments.GetValue(Id)}/{action}", body, token));
        });
    }

    private static Task<JsonNode> ReadAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        JsonFile.ReadAsync(arguments.GetValue(Definition)!, cancellationToken);
}
