using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Approvals;
using AwoooP.Client.Api;
using AwoooP.Events;

namespace AwoooP.Client.Cli.Commands;

internal static class ApprovalCommands
{
    private const string Root = $"{PlatformApi.Root}/approvals";

    private static readonly Argument<string> Id = new("id") { Description = "The approval, or the incident that it is for." };
    private static readonly QueryOption Status = new(
        "--status", "status", string.Join(", ", Enum.GetValues<ApprovalStatus>().Where(static status => status != ApprovalStatus.None).Select(Literal.Of)) + ".");

    public static IEnumerable<Command> Create() =>
    [
        CommandLine.Group("approvals", "Requests for signatures.",
            CommandLine.List(
                "Requests for signatures, newest first.", "No requests for signatures.", Root, [Status, SharedOptions.Incident],
                "id", "status", "risk_level", "action", "incident_id", "expires_at"),
            CommandLine.Api("show", "One request, with its plan and votes.", [Id], async (arguments, api, token) =>
                Shown.One(arguments, await api.GetAsync($"{Root}/{await FindAsync(arguments, api, token)}", token))),
            CommandLine.Api("cancel", "Withdraw a request.", [Id, SharedOptions.Reason], async (arguments, api, token) =>
            {
                var body = new JsonObject { ["reason"] = arguments.GetValue(SharedOptions.Reason) };
                Shown.One(arguments, await api.SendAsync(HttpMethod.Post, $"{Root}/{await FindAsync(arguments, api, token)}/cancel", body, token));
            })),
        Vote("approve", "Sign for a plan."),
        Vote("reject", "Sign against a plan."),
    ];

    private static Command Vote(string choice, string description) => CommandLine.Api(choice, description, [Id, SharedOptions.Comment], async (arguments, api, token) =>
        Shown.One(arguments, await api.SendAsync(
            HttpMethod.Post,
            $"{Root}/{await FindAsync(arguments, api, token)}/votes",
            new JsonObject { ["choice"] = choice, ["comment"] = arguments.GetValue(SharedOptions.Comment) },
            token)));

    private static async Task<string> FindAsync(ParseResult arguments, ApiConnection api, CancellationToken cancellationToken)
    {
        var id = arguments.GetValue(Id)!;
        if (!id.StartsWith("INC-", StringComparison.Ordinal))
            return Uri.EscapeDataString(id);

        var incident = await api.GetAsync($"{PlatformApi.Root}/incidents/{id}", cancellationToken);
        return incident.TryGetProperty("approval_id", out var approval) && approval.ValueKind == JsonValueKind.String
            ? approval.GetString()!
            : throw new CliException(ExitCodes.NotFound, $"{id} has no plan that waits for a signature.");
    }
}
