using System.Text.Json;
using AwoooP.Signing;

namespace AwoooP.Client.Api;

/// <summary>Where two JSON documents differ: objects by name, arrays by place, everything else by value.</summary>
internal static class JsonDifference
{
    public static IReadOnlyList<JsonChange> Of(JsonElement before, JsonElement after)
    {
        var changes = new List<JsonChange>();
        Compare(before, after, JsonPath.Root, changes);
        return changes;
    }

    private static void Compare(JsonElement before, JsonElement after, JsonPath path, List<JsonChange> changes)
    {
        switch (before.ValueKind, after.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareMembers(before, after, path, changes);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareItems([.. before.EnumerateArray()], [.. after.EnumerateArray()], path, changes);
                break;
            default:
                if (!JsonElement.DeepEquals(before, after))
                    changes.Add(new JsonChange(path.ToString(), JsonChangeKind.Changed, before, after));
                break;
        }
    }

    private static void CompareMembers(JsonElement before, JsonElement after, JsonPath path, List<JsonChange> changes)
    {
        var names = before.EnumerateObject().Concat(after.EnumerateObject()).Select(static member => member.Name).Distinct().Order(StringComparer.Ordinal);
        foreach (var name in names)
            CompareParts(Find(before, name), Find(after, name), path.Member(name), changes);
    }

    private static void CompareItems(JsonElement[] before, JsonElement[] after, JsonPath path, List<JsonChange> changes)
    {
        for (var i = 0; i < Math.Max(before.Length, after.Length); i++)
            CompareParts(i < before.Length ? before[i] : null, i < after.Length ? after[i] : null, path.Item(i), changes);
    }

    private static void CompareParts(JsonElement? before, JsonElement? after, JsonPath path, List<JsonChange> changes)
    {
        if (before is { } old && after is { } now)
            Compare(old, now, path, changes);
        else
            changes.Add(new JsonChange(path.ToString(), before is null ? JsonChangeKind.Added : JsonChangeKind.Removed, before, after));
    }

    private static JsonElement? Find(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member : null;
}
