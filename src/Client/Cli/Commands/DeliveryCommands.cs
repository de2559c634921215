using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class DeliveryCommands
{
    public const string Root = $"{PlatformApi.Root}/delivery";

    private static readonly Argument<string> Id = new("id") { Description = "The dead letter." };

    public static IEnumerable<Command> Create() =>
    [
        CommandLine.Api("delivery", "How far each consumer of the event log is.", [], async (arguments, api, token) =>
        {
            var report = await api.GetAsync(Root, token);
            if (Shown.IsJson(arguments))
            {
                Shown.Json(report);
                return;
            }

            Shown.Rows([.. report.GetProperty("consumers").EnumerateArray()], "No consumers.",
                "name", "kind", "lag", "delivered", "retries", "failures", "is_stuck:stuck", "fault");
            await Console.Error.WriteLineAsync(Held(report));
        }),
        CommandLine.Group("deadletters", "Events that a consumer cannot apply.",
            CommandLine.Api("list", "Dead letters, newest first, 200 at most.", [], async (arguments, api, token) =>
                Shown.List(arguments, await HeldAsync(api, token), "No dead letters.",
                    "id", "consumer", "aggregate", "event_type", "reason", "attempts", "queued", "at")),
            CommandLine.Api("show", "One dead letter.", [Id], async (arguments, api, token) =>
            {
                var id = arguments.GetValue(Id);
                var held = await HeldAsync(api, token);
                Shown.One(arguments, held.EnumerateArray().FirstOrDefault(letter => letter.GetProperty("id").GetString() == id) is { ValueKind: JsonValueKind.Object } found
                    ? found
                    : throw new CliException(ExitCodes.NotFound, $"There is no dead letter {id} in this project."));
            }),
            CommandLine.Api("retry", "Deliver it, and what waits behind it, once its cause is cured.", [Id], async (arguments, api, token) =>
            {
                var report = await api.SendAsync(HttpMethod.Post, $"{Root}/dead-letters/{Uri.EscapeDataString(arguments.GetValue(Id)!)}/retry", null, token);
                Shown.One(arguments, report);
                if (report.GetProperty("status").GetString() == "still_failing")
                    throw new CliException(ExitCodes.Refused, "It still cannot be applied.");
            }),
            CommandLine.Api("discard", "Give it up for good, and deliver what waits behind it.", [Id, SharedOptions.Reason], async (arguments, api, token) =>
                Shown.One(arguments, await api.SendAsync(
                    HttpMethod.Post, $"{Root}/dead-letters/{Uri.EscapeDataString(arguments.GetValue(Id)!)}/discard",
                    new JsonObject { ["reason"] = arguments.GetValue(SharedOptions.Reason) }, token)))),
    ];

    /// <summary>In a line, how many dead letters a report of the delivery has.</summary>
    public static string Held(JsonElement report) => report.GetProperty("dead_letters").GetArrayLength() switch
    {
        0 => "No dead letters.",
        DeliveryEndpoints.MaxDeadLettersShown => $"{DeliveryEndpoints.MaxDeadLettersShown} dead letters or more: ./awooop deadletters",
        var held => $"{held} dead letters: ./awooop deadletters",
    };

    private static async Task<JsonElement> HeldAsync(ApiConnection api, CancellationToken cancellationToken) =>
        (await api.GetAsync(Root, cancellationToken)).GetProperty("dead_letters");
}
