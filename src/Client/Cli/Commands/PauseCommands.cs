using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class PauseCommands
{
    private const string Root = $"{PlatformApi.Root}/pause";
    private const string Project = "project";

    private static readonly Option<bool> All = new("--all") { Description = "Everywhere, not only in the project." };
    private static readonly Option<string?> Playbook = new("--playbook") { Description = "This playbook only." };
    private static readonly Option<string?> Reason = new("--reason", "-m") { Description = "Why; without it, what is paused is shown." };

    public static IEnumerable<Command> Create() =>
    [
        CommandLine.Api("pause", "Hold automation back, or show what is paused.", [All, Playbook, Reason], async (arguments, api, token) =>
        {
            var scope = Scope(arguments);
            if (arguments.GetValue(Reason) is not { } reason)
            {
                // Whoever names what is to be held back does not ask what is.
                if (scope != Project)
                    throw new CliException(ExitCodes.Invalid, "--reason is required to pause: say why.");
                Show(arguments, await api.GetAsync(Root, token));
                return;
            }

            var body = new JsonObject { ["scope"] = scope, ["reason"] = reason };
            if (arguments.GetValue(Playbook) is { } playbook)
                body["playbook_id"] = playbook;

            Show(arguments, await api.SendAsync(HttpMethod.Put, Root, body, token));
        }),
        CommandLine.Api("resume", "Let automation go on.", [All, Playbook], async (arguments, api, token) =>
        {
            var playbook = arguments.GetValue(Playbook) is { } id ? $"&playbook_id={Uri.EscapeDataString(id)}" : "";
            Show(arguments, await api.SendAsync(HttpMethod.Delete, $"{Root}?scope={Scope(arguments)}{playbook}", null, token));
        }),
    ];

    private static void Show(ParseResult arguments, JsonElement state)
    {
        if (Shown.IsJson(arguments))
            Shown.Json(state);
        else
            Shown.Rows([.. PauseRows.Of(state)], "Nothing is paused.", "scope", "since", "by", "reason");
    }

    private static string Scope(ParseResult arguments) => (arguments.GetValue(All), arguments.GetValue(Playbook)) switch
    {
        (true, null) => "all",
        (false, null) => Project,
        (false, _) => "playbook",
        _ => throw new CliException(ExitCodes.Invalid, "--all and --playbook exclude each other."),
    };
}
