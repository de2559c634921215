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

    private static readonly Option<string> DefaultProject = new("--default-project")
    {
        Description = "The project that is meant when none is named.",
        DefaultValueFactory = static _ => "awoooi",
    };

    public static Command Create() => CommandLine.Group("keys", "Operator keys.",
        CommandLine.Api("issue", "Make a key. It is shown once.", [Operator, Role, DefaultProject], async (arguments, api, token) =>
        {
            var roles = new JsonObject();
            foreach (var role in arguments.GetValue(Role)!)
            {
                var (project, name) = role.Split('=') is [var left, var right] ? (left, right)
                    : throw new CliException(ExitCodes.Invalid, $"--role must be project=role, with a role of {Roles}.");
                roles[project] = name;
            }

            var body = new JsonObject { ["operator_id"] = arguments.GetValue(Operator), ["roles"] = roles, ["default_project"] = arguments.GetValue(DefaultProject) };
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, Root, body, token, repeatable: false));
        }),
        CommandLine.Api("revoke", "Take a key back.", [KeyId, SharedOptions.OptionalReason], async (arguments, api, token) =>
        {
            var reason = arguments.GetValue(SharedOptions.OptionalReason) is { } why ? $"?reason={Uri.EscapeDataString(why)}" : "";
            await api.SendAsync(HttpMethod.Delete, $"{Root}/{Uri.EscapeDataString(arguments.GetValue(KeyId)!)}{reason}", null, token);
        }));
}
