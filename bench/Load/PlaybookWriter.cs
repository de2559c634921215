using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Demo;

namespace AwoooP.Bench.Load;

/// <summary>
/// Revises a playbook of its own, one revision after the other, each with an idempotency key: what is told of it must be every
/// revision once, in order, whichever silo took it. The playbook stays a draft that no alert is meant for.
/// </summary>
/// <param name="name">Of its chain.</param>
internal sealed class PlaybookWriter(string name) : IWriter
{
    private int _number;

    /// <summary>Null until it was made.</summary>
    public string? PlaybookId { get; private set; }

    /// <summary>Where the log stood after the last revision.</summary>
    public string? Position { get; private set; }

    public (Write Write, PlatformRequest Request) Next()
    {
        var write = new Write(name, ++_number);
        var definition = DefinitionOf(write);
        var request = PlaybookId is { } playbook
            ? new PlatformRequest(HttpMethod.Put, $"playbooks/{playbook}", new JsonObject { ["definition"] = definition }.ToJsonString())
            : new PlatformRequest(HttpMethod.Post, "playbooks", definition.ToJsonString());
        return (write, request with { IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"{name}-{write.Number}") });
    }

    public void Acknowledged(CallEnd answer)
    {
        PlaybookId ??= (string)JsonNode.Parse(answer.Body)!["playbook_id"]!;
        Position = answer.Position ?? Position;
    }

    private static JsonObject DefinitionOf(Write write) => new()
    {
        ["name"] = write.ToString(),
        ["match"] = new JsonObject { ["alert_names"] = new JsonArray("NeverSent") },
        ["action_pattern"] = "wait:bench",
        ["steps"] = new JsonArray(new JsonObject { ["kind"] = "wait", ["name"] = "Wait", ["seconds"] = 1 }),
    };
}
