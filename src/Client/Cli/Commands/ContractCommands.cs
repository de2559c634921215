using System.CommandLine;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class ContractCommands
{
    private const string Root = $"{PlatformApi.Root}/contracts";

    private static readonly Argument<string> Id = new("contract") { Description = "The contract, e.g. tool/restart_service." };
    private static readonly Argument<int> Version = new("version") { Description = "The number of a version." };
    private static readonly Argument<int> From = new("from") { Description = "The version before." };
    private static readonly Argument<int> To = new("to") { Description = "The version after." };
    private static readonly Argument<int?> OneVersion = new("version") { Description = "Only this version, which may be a retired one.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<FileInfo> Document = new("--file", "-f") { Description = "What it says, as JSON.", Required = true };
    private static readonly QueryOption Kind = new("--kind", "kind", "agent, tool, playbook, policy, channel or decision.");

    private static readonly Option<string?> Sha256 = new("--sha256")
    {
        Description = "The document_sha256 that you have read; another document is then neither published nor signed. The version as it stands unless given.",
    };

    public static Command Create() => CommandLine.Group("contracts", "Contracts of agents, tools, playbooks, policies, channels and decisions.",
        CommandLine.List(
            "Contracts, newest first.", "No contracts.", Root, [Kind],
            "contract_id:contract", "active_version:active", "published_version:published", "draft_version:draft", "last_version:last", "updated_at:updated"),
        CommandLine.Api("show", "One contract with its versions that are not retired.", [Id, OneVersion], async (arguments, api, token) =>
            Shown.One(arguments, await api.GetAsync(arguments.GetValue(OneVersion) is { } version ? Path(arguments, $"versions/{version}") : Path(arguments), token))),
        CommandLine.List(
            "versions", "All versions of a contract, newest first.", "No versions.", [Id], arguments => Path(arguments, "versions"), [],
            "version", "status", "drafted_by", "published_by", "key_id", "activated_at", "document_sha256"),
        CommandLine.List(
            "signatures", "Every seal and signature of a contract, newest first.", "No signatures.", [Id], arguments => Path(arguments, "signatures"), [],
            "version", "purpose", "signer", "signed_at", "key_id", "signature_id"),
        CommandLine.Api("draft", "Begin a draft from a file, or change the one that there is.", [Id, Document], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(HttpMethod.Put, Path(arguments, "draft"), await BodyAsync(arguments, token), token))),
        CommandLine.Api("validate", "What publishing would say of a file.", [Id, Document], ValidateAsync),
        CommandLine.Api("publish", "Seal a draft, after which it is never changed.", [Id, Version, Sha256], PublishAsync),
        CommandLine.Api("sign", "Sign a published version. The second signature within a day puts it in force.", [Id, Version, Sha256], SignAsync),
        CommandLine.Api("diff", "How two versions differ.", [Id, From, To], DiffAsync),
        Act("deprecate", "Take the version in force out of it."),
        Act("retire", "Be done with a version that is not in force."));

    private static Command Act(string action, string description) =>
        CommandLine.Api(action, description, [Id, Version, SharedOptions.OptionalReason], async (arguments, api, token) => Shown.One(arguments, await api.SendAsync(
            HttpMethod.Post,
            Path(arguments, $"versions/{arguments.GetValue(Version)}/{action}"),
            new JsonObject { ["reason"] = arguments.GetValue(SharedOptions.OptionalReason) },
            token)));

    private static async Task ValidateAsync(ParseResult arguments, ApiConnection api, CancellationToken cancellationToken)
    {
        var report = await api.SendAsync(HttpMethod.Post, Path(arguments, "validate"), await BodyAsync(arguments, cancellationToken), cancellationToken, repeatable: false);
        Shown.One(arguments, report);
        if (!report.GetProperty("valid").GetBoolean())
            throw new CliException(ExitCodes.Invalid, "The document cannot be published.");
    }

    private static async Task PublishAsync(ParseResult arguments, ApiConnection api, CancellationToken cancellationToken)
    {
        var version = Path(arguments, $"versions/{arguments.GetValue(Version)}");
        var body = new JsonObject { ["document_sha256"] = await ReadSha256Async(arguments, api, version, cancellationToken) };
        Shown.One(arguments, await api.SendAsync(HttpMethod.Post, $"{version}/publish", body, cancellationToken));
    }

    private static async Task SignAsync(ParseResult arguments, ApiConnection api, CancellationToken cancellationToken)
    {
        var version = Path(arguments, $"versions/{arguments.GetValue(Version)}");
        var body = new JsonObject
        {
            ["document_sha256"] = await ReadSha256Async(arguments, api, version, cancellationToken),
            ["signature_id"] = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("D"),
        };
        Shown.One(arguments, await api.SendAsync(HttpMethod.Post, $"{version}/sign", body, cancellationToken));
    }

    private static async Task<string?> ReadSha256Async(ParseResult arguments, ApiConnection api, string version, CancellationToken cancellationToken) =>
        arguments.GetValue(Sha256) ?? (await api.GetAsync(version, cancellationToken)).GetProperty("document_sha256").GetString();

    private static async Task DiffAsync(ParseResult arguments, ApiConnection api, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(Path(arguments, $"diff?from={arguments.GetValue(From)}&to={arguments.GetValue(To)}"), cancellationToken);
        if (Shown.IsJson(arguments))
            Shown.Json(answer);
        else
            Shown.Rows([.. answer.GetProperty("changes").EnumerateArray()], "They do not differ.", "path", "kind", "before", "after");
    }

    private static async Task<JsonObject> BodyAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        new() { ["document"] = await JsonFile.ReadAsync(arguments.GetValue(Document)!, cancellationToken) };

    /// <summary>The slash between kind and name is one of the path.</summary>
    private static string Path(ParseResult arguments, string? part = null) => arguments.GetValue(Id)!.Split('/') is [{ Length: > 0 } kind, { Length: > 0 } name]
        ? $"{Root}/{Uri.EscapeDataString(kind)}/{Uri.EscapeDataString(name)}{(part is null ? "" : $"/{part}")}"
        : throw new CliException(ExitCodes.Invalid, "A contract is named by its kind and its name, e.g. tool/restart_service.");
}
