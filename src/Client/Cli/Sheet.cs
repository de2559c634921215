using System.Text.Json;

namespace AwoooP.Client.Cli;

/// <summary>
/// One thing as people read it: a line for each field, parts indented below their name, and what there are several of, such as
/// steps and votes, numbered with a line for each.
/// </summary>
internal static class Sheet
{
    private const string None = "-";

    /// <summary>Say what an item of a list is; the first that it has stands before its other fields.</summary>
    private static readonly string[] Titles = ["name", "user_id"];

    public static IEnumerable<string> Of(JsonElement thing) => Fields(thing, "");

    private static IEnumerable<string> Fields(JsonElement thing, string indent)
    {
        var width = thing.EnumerateObject().Where(field => !IsBlock(field.Value)).Select(field => field.Name.Length).DefaultIfEmpty().Max();
        foreach (var field in thing.EnumerateObject())
        {
            if (!IsBlock(field.Value))
            {
                var text = FieldText.Of(field.Name, field.Value);
                yield return $"{indent}{field.Name.PadRight(width)}  {(text.Length == 0 ? None : text)}";
                continue;
            }

            yield return indent + field.Name;
            var lines = field.Value.ValueKind == JsonValueKind.Object ? Fields(field.Value, indent + "  ") : Items(field.Value, indent + "  ");
            foreach (var line in lines)
                yield return line;
        }
    }

    private static IEnumerable<string> Items(JsonElement list, string indent) =>
        list.EnumerateArray().Select((item, index) => $"{indent}{index + 1}. {Item(item)}");

    private static string Item(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return FieldText.Of("", item);

        var title = Titles.FirstOrDefault(name => item.TryGetProperty(name, out _));
        var others = item.EnumerateObject()
            .Where(field => field.Name != title)
            .Select(field => (field.Name, Text: FieldText.Of(field.Name, field.Value)))
            .Where(field => field.Text.Length > 0)
            .Select(field => $"{field.Name} {field.Text}");
        return (title is null ? "" : FieldText.Of(title, item.GetProperty(title)) + ": ") + string.Join("; ", others);
    }

    private static bool IsBlock(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(),
        JsonValueKind.Array => value.EnumerateArray().Any(static item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array),
        _ => false,
    };
}
