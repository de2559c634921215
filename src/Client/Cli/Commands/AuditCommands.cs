using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class AuditCommands
{
    private const string Root = $"{PlatformApi.Root}/audit";

    /// <summary>Rows of one answer; memory holds no more of them at a time.</summary>
    private const string ExportPage = "200";

    private static readonly QueryOption Approval = new("--approval", "approval_id", "Only what this approval allowed.");
    private static readonly QueryOption Success = new("--success", "success", "true or false.");
    private static readonly QueryOption Actor = new("--actor", "actor", "Only what this operator, agent:ID, worker:ID or platform did.");
    private static readonly QueryOption Act = new("--act", "act", "Only this act, e.g. approval.voted.");
    private static readonly QueryOption Outcome = new("--outcome", "outcome", "done, failed or denied.");
    private static readonly QueryOption Object = new("--object", "object_id", "Only what was done to this incident, approval, run and so on.");
    private static readonly QueryOption Scope = new("--scope", "scope", "project, or what belongs to none: operators, everything, projects.");
    private static readonly QueryOption[] Filters = [Actor, Act, Outcome, Object, SharedOptions.Since, SharedOptions.Until, Scope];
    private static readonly QueryOption[] HeadFilters = [SharedOptions.Since, SharedOptions.Until, Scope];

    private static readonly Option<string?> HeadsFile = new("--heads") { Description = "Check against heads that were exported before, too." };

    public static Command Create() => CommandLine.Group("audit", "Who did what, and whether the record of it is whole.",
        CommandLine.List(
            "Acts of operators, agents and the platform, also those that were refused, newest first.", "No acts.", $"{Root}/acts", Filters,
            "at", "actor", "act", "object_type", "object_id", "outcome", "reason", "position"),
        CommandLine.List(
            "operations", "Operations that runs have executed on their targets, newest first.", "No operations.", [], _ => Root,
            [Approval, Success, SharedOptions.Since, SharedOptions.Until],
            "created_at", "operation_type", "target_resource", "success", "executed_by", "approval_id", "error_message"),
        CommandLine.Api("export", "Acts as JSON Lines, newest first: one JSON object a line.", Filters, (arguments, api, token) =>
            WriteLinesAsync($"{Root}/acts", Filters, arguments, api, token)),
        CommandLine.Api("heads", "Signed heads of the audit chains as JSON Lines, newest first. Keep them elsewhere.", HeadFilters, (arguments, api, token) =>
            WriteLinesAsync($"{Root}/heads", HeadFilters, arguments, api, token)),
        CommandLine.Api("verify", "Check the audit chains: every row, every link, every signed head.", [HeadsFile, Scope], VerifyAsync));

    private static async Task WriteLinesAsync(string path, QueryOption[] filters, ParseResult arguments, ApiConnection api, CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(path, [.. filters.Select(option => (option.Parameter, arguments.GetValue(option)))], api, cancellationToken))
            await Console.Out.WriteLineAsync(row.GetRawText());
    }

    /// <summary>Every row of a list, newest first, a page at a time.</summary>
    private static async IAsyncEnumerable<JsonElement> RowsAsync(
        string path, (string Name, string? Value)[] filters, ApiConnection api, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await api.GetAsync(path, [.. filters, ("cursor", cursor), ("limit", ExportPage)], cancellationToken);
            foreach (var row in page.GetProperty("items").EnumerateArray())
                yield return row;
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);
    }

    private static async Task VerifyAsync(ParseResult arguments, ApiConnection api, CancellationToken cancellationToken)
    {
        var scope = ("scope", arguments.GetValue(Scope));
        var found = await AuditFinding.ReadAsync(from => api.GetAsync($"{Root}/verify", [scope, ("from", from)], cancellationToken));
        var isJson = Shown.IsJson(arguments);
        if (found.Fault is { } fault)
        {
            Shown.One(arguments, isJson ? found.ToJson(kept: null) : fault);
            throw new CliException(
                ExitCodes.Failed, $"The audit trail is broken at {fault.GetProperty("position").GetString()}, after {found.Rows} rows and {found.Heads} heads that are right.");
        }

        ExportedHeads? kept = arguments.GetValue(HeadsFile) is { } file ? await CompareAsync(file, scope, arguments, api, cancellationToken) : null;
        if (isJson)
            Shown.Json(found.ToJson(kept));
        else
            await TellAsync(found);

        var counts = $"Acts: {found.Rows}; signed heads: {found.Heads}{Words(kept)}.";
        if (found.Held.Count > 0)
        {
            throw new CliException(
                ExitCodes.Failed,
                $"The audit trail is right as far as it goes, and does not go on: chains that are held back: {found.Held.Count}. {counts} See ./awooop deadletters.");
        }

        if (!isJson)
            await Console.Out.WriteLineAsync($"The audit trail is whole. {counts}");
    }

    /// <summary>What there is to say beside the counts, for people.</summary>
    private static async Task TellAsync(AuditFinding found)
    {
        if (found.LogFrom is { } logFrom)
            await Console.Out.WriteLineAsync($"The log was cut: it begins at {logFrom}. {found.Unlogged} acts before that were checked by their chain and the signed heads, and not against the log.");
        if (found.UnknownKeys > 0)
            await Console.Error.WriteLineAsync($"{found.UnknownKeys} heads were signed with a key that is not known here: their signatures were not checked.");
        if (found.Held.Count > 0)
            Shown.Rows(found.Held, "", "partition", "position:held_from", "events");
    }

    private static string Words(ExportedHeads? kept) => kept is { Compared: var compared, Others: var others }
        ? $"; exported heads: {compared}{(others > 0 ? $"; lines of other projects that were passed over: {others}" : "")}"
        : "";

    private static async Task<ExportedHeads> CompareAsync(
        string file, (string, string?) scope, ParseResult arguments, ApiConnection api, CancellationToken cancellationToken)
    {
        var reserved = Enum.TryParse<AuditScope>(arguments.GetValue(Scope), ignoreCase: true, out var known) ? known.Reserved() : null;
        var project = reserved ?? arguments.GetValue(GlobalOptions.Project)
            ?? (await api.GetAsync($"{PlatformApi.Root}/me", cancellationToken)).GetProperty("default_project").GetString()!;
        return await ExportedHeads.CheckAsync(file, project, RowsAsync($"{Root}/heads", [scope], api, cancellationToken), cancellationToken);
    }
}
