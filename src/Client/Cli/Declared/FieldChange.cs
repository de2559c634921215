using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Client.Cli.Declared;

/// <summary>One field that differs between what is and what shall be.</summary>
/// <param name="Path">With dots, e.g. <c>quotas.alerts_per_minute</c>.</param>
/// <param name="Before">Null when it has no value.</param>
/// <param name="After">Null when it shall have none.</param>
internal sealed record FieldChange(string Path, string? Before, string? After)
{
    /// <summary>In the order of the fields as they shall be; those that shall not be there any more come last.</summary>
    public static IReadOnlyList<FieldChange> Between(JsonElement? before, JsonElement after)
    {
        var old = before is { } known ? Flat(known, "").ToDictionary() : [];
        var now = Flat(after, "").ToDictionary();
        return
        [
            .. now.Concat(old.Where(field => !now.ContainsKey(field.Key)).Select(static field => KeyValuePair.Create(field.Key, (string?)null)))
                .Select(field => new FieldChange(field.Key, old.GetValueOrDefault(field.Key), field.Value))
                .Where(static change => change.Before != change.After),
        ];
    }

    public static string Count(IReadOnlyList<FieldChange> changes) => changes.Count switch
    {
        0 => "no changes",
        1 => "1 change",
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} changes"),
    };

    public static JsonArray ToJson(IReadOnlyList<FieldChange> changes) =>
        new([.. changes.Select(static change => new JsonObject { ["field"] = change.Path, ["before"] = change.Before, ["after"] = change.After })]);

    public override string ToString() => (Before, After) switch
    {
        (null, _) => $"  + {Path}: {After}",
        (_, null) => $"  - {Path}: {Before}",
        _ => $"  ~ {Path}: {Before} -> {After}",
    };

    private static IEnumerable<KeyValuePair<string, string?>> Flat(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(field => Flat(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}")),
        JsonValueKind.Null => [new(path, null)],
        JsonValueKind.String => [new(path, value.GetString())],
        _ => [new(path, value.GetRawText())],
    };
}
