using System.CommandLine;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;
using AwoooP.Events;
using AwoooP.Operators;

namespace AwoooP.Client.Cli.Commands;

internal static class KeyCommands
{
    private const string Root = $"{PlatformApi.Root}/operators/keys";

    private static readonly Argument<string> Operator = new("operator") { Description = "Whose key it is." };
    private static readonly Argument<string> KeyId = new("key-id") { Description = "The id of the key." };
    private static readonly string Roles = string.Join(", ", Enum.GetValues<OperatorRole>().Where(static role => role != OperatorRole.None).Select(Literal.Of));

    private static readonly Option<string[]> Role = new("--role")
    {
        Description = $"project=role, may be repeated; * stands for every project. Roles, each may what those before it may: {Roles}.",
        Required = true,
    };

    private static readonly Option<string?> DefaultProject = new("--default-project")
    {
        Description = "The project that is meant when none is named; the key needs a role there. Left out: the platform's default when the roles reach it, else the first of theirs by name.",
    };

    private static readonly Option<string?> Expires = new("--expires")
    {
        Description = "When the key ends: a date and time in the future, with its offset, such as 2027-01-31T00:00:00Z. Left out, the key does not end until it is revoked.",
    };

    private static readonly Option<string?> Scope = new("--scope") { Description = "intake: for sending alerts alone." };
    private static readonly Option<int?> Grace = new("--grace") { Description = "Seconds that the secret before stays good; a day when left out, 0 ends it at once." };

    private static readonly QueryOption OfOperator = new("--operator", "operator_id", "Only of this operator.");
    private static readonly QueryOption Revoked = new("--revoked", "revoked", "true or false.");

    public static Command Create() => CommandLine.Group("keys", "Operator keys.",
        CommandLine.List(
            "Keys with a role in the project, newest first.", "No keys.", Root, [OfOperator, Revoked],
            "key_id", "operator_id", "roles", "scope", "issued_at", "issued_by", "expires_at", "last_used_at", "revoked_at"),
        CommandLine.Api("issue", "Make a key. It is shown once.", [Operator, Role, DefaultProject, Expires, Scope], async (arguments, api, token) =>
        {
            var roles = new JsonObject();
            foreach (var role in arguments.GetValue(Role)!)
            {
                var (project, name) = role.Split('=') is [var left, var right] ? (left, right)
                    : throw new CliException(ExitCodes.Invalid, $"--role must be project=role, with a role of {Roles}.");
                roles[project] = name;
            }

            var body = new JsonObject { ["operator_id"] = arguments.GetValue(Operator), ["roles"] = roles };
            if (arguments.GetValue(DefaultProject) is { } home)
                body["default_project"] = home;
            if (arguments.GetValue(Expires) is { } expires)
                body["expires_at"] = expires;
            if (arguments.GetValue(Scope) is { } scope)
                body["scope"] = scope;
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, Root, body, token, repeatable: false));
        }),
        CommandLine.Api("rotate", "Give the key that is in use a new secret. It is shown once.", [KeyId, Grace], async (arguments, api, token) =>
        {
            var body = new JsonObject();
            if (arguments.GetValue(Grace) is { } grace)
                body["grace_seconds"] = grace;
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, $"{Root}/{Uri.EscapeDataString(arguments.GetValue(KeyId)!)}/rotate", body, token, repeatable: false));
        }),
        CommandLine.Api("revoke", "Take a key back.", [KeyId, SharedOptions.OptionalReason], async (arguments, api, token) =>
        {
            var reason = arguments.GetValue(SharedOptions.OptionalReason) is { } why ? $"?reason={Uri.EscapeDataString(why)}" : "";
            var keyId = arguments.GetValue(KeyId)!;
            await api.SendAsync(HttpMethod.Delete, $"{Root}/{Uri.EscapeDataString(keyId)}{reason}", null, token);
            // The API answers with nothing, and so does --json.
            if (!Shown.IsJson(arguments))
                await Console.Out.WriteLineAsync($"{keyId} is revoked.");
        }));
}
