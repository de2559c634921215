using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Client.Cli.Commands;

/// <summary>What is paused, a row for each scope.</summary>
internal static class PauseRows
{
    public static IEnumerable<JsonElement> Of(JsonElement state)
    {
        if (Row("everywhere", state.GetProperty("all")) is { } everywhere)
            yield return everywhere;

        if (Row($"project {state.GetProperty("project_id").GetString()}", state.GetProperty("project")) is { } project)
            yield return project;

        foreach (var playbook in state.GetProperty("playbooks").EnumerateObject())
        {
            if (Row($"playbook {playbook.Name}", playbook.Value) is { } row)
                yield return row;
        }
    }

    private static JsonElement? Row(string scope, JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return null;

        var row = JsonObject.Create(entry)!;
        row["scope"] = scope;
        using var document = JsonDocument.Parse(row.ToJsonString());
        return document.RootElement.Clone();
    }
}
