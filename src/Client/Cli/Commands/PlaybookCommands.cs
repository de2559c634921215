using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Client.Cli.Commands;

internal static class PlaybookCommands
{
    private const string Root = "/v1/platform/playbooks";

    private static readonly Argument<string> Id = new("id") { Description = "The playbook, e.g. PB-20260301-0A1B2C." };
    private static readonly Option<string?> Status = ListOptions.Filter("--status", "draft, approved, active or archived.");
    private static readonly Option<FileInfo> Definition = new("--file", "-f") { Description = "The definition, as JSON.", Required = true };

    public static Command Create() => CommandLine.Group("playbooks", "Playbooks.",
        CommandLine.Api("list", "Playbooks, newest first.", [Status, ListOptions.Cursor, ListOptions.Limit], async (arguments, api, token) =>
            Shown.List(arguments, await api.GetAsync(Root,
                [("status", arguments.GetValue(Status)), ("cursor", arguments.GetValue(ListOptions.Cursor)), ("limit", arguments.GetValue(ListOptions.Limit))], token),
                "playbook_id", "status", "name", "version_label", "trust_score", "success_count", "failure_count")),
        CommandLine.Api("show", "One playbook.", [Id], async (arguments, api, token) =>
            Shown.One(arguments, await api.GetAsync($"{Root}/{arguments.GetValue(Id)}", token))),
        CommandLine.Api("create", "Make a playbook from a file, as a draft.", [Definition], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, Root, await ReadAsync(arguments, token), token))),
        CommandLine.Api("revise", "Give a playbook a new version from a file.", [Id, Definition, ListOptions.OptionalReason], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(HttpMethod.Put, $"{Root}/{arguments.GetValue(Id)}",
                new JsonObject { ["definition"] = await ReadAsync(arguments, token), ["reason"] = arguments.GetValue(ListOptions.OptionalReason) }, token))),
        Act("approve", "Say that a draft is fit for use.", withReason: false),
        Act("activate", "Let it be proposed for incidents.", withReason: false),
        Act("archive", "Take it out of use.", withReason: true),
        Act("restore", "Undo an archiving.", withReason: true));

    private static Command Act(string action, string description, bool withReason)
    {
        IEnumerable<Symbol> symbols = withReason ? [Id, ListOptions.OptionalReason] : [Id];
        return CommandLine.Api(action, description, symbols, async (arguments, api, token) =>
        {
            var body = withReason ? new JsonObject { ["reason"] = arguments.GetValue(ListOptions.OptionalReason) } : null;
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, $"{Root}/{arguments.GetValue(Id)}/{action}", body, token));
        });
    }

    private static async Task<JsonNode> ReadAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var file = arguments.GetValue(Definition)!;
        if (!file.Exists)
            throw new CliException(ExitCodes.Invalid, $"{file.FullName} does not exist.");

        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken))
                ?? throw new CliException(ExitCodes.Invalid, $"{file.FullName} is empty.");
        }
        catch (JsonException fault)
        {
            throw new CliException(ExitCodes.Invalid, $"{file.FullName} is not JSON: {fault.Message}");
        }
    }
}
