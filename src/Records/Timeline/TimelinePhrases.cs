using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Records.Projecting;
using AwoooP.Wording;

namespace AwoooP.Records;

/// <summary>The texts of a timeline row before they are in a language, kept in <c>details.phrases</c>: the row's own columns have them in English.</summary>
internal sealed record TimelinePhrases(Phrase Title, Phrase? Description)
{
    public const string Name = "phrases";

    public static TimelinePhrases Of(TimelineEntry entry) => new(entry.Title, entry.Description is null ? entry.Why : null);

    public JsonNode ToJson() => JsonNode.Parse(Document.Write(this))!;

    /// <returns>Null in rows of before.</returns>
    public static TimelinePhrases? From(JsonElement? details) =>
        details is { ValueKind: JsonValueKind.Object } row && row.TryGetProperty(Name, out var phrases) ? Document.Read<TimelinePhrases>(phrases.GetRawText()) : null;
}
