using System.Text.Json.Serialization;

namespace AwoooP.Alerts;

/// <summary>What the grain remembers of a firing member: enough to tell a re-send from an occurrence and from old news. Short names, since there may be many.</summary>
/// <param name="Content">A hash of annotations, generator and source, which a re-send may change.</param>
internal sealed record TrackedMember(
    [property: JsonPropertyName("s")] DateTimeOffset StartsAt,
    [property: JsonPropertyName("e")] DateTimeOffset EndsAt,
    [property: JsonPropertyName("r")] DateTimeOffset ReceivedAt,
    [property: JsonPropertyName("c")] ulong Content)
{
    public static TrackedMember Of(AlertMember member) => new(member.StartsAt, member.EndsAt, member.ReceivedAt, ContentOf(member));

    /// <summary>In whatever order the annotations come: the log does not keep it.</summary>
    public static ulong ContentOf(AlertMember member)
    {
        var annotations = 0UL;
        foreach (var (name, value) in member.Annotations)
        {
            var annotation = new ContentHash();
            annotation.Add(name);
            annotation.Add(value);
            annotations += annotation.Value;
        }

        var content = new ContentHash();
        content.Add(annotations);
        content.Add(member.GeneratorUrl);
        content.Add(member.Source);
        return content.Value;
    }
}

/// <summary>A member that ended a short while ago: keeps late news about it from bringing it back.</summary>
/// <param name="StartsAt">The start of its last occurrence that was counted; null when its end is all that was ever heard of it.</param>
/// <param name="EndedAt">Tells an end that is said again from another one.</param>
internal sealed record QuietMember(
    [property: JsonPropertyName("s")] DateTimeOffset? StartsAt,
    [property: JsonPropertyName("r")] DateTimeOffset ReceivedAt,
    [property: JsonPropertyName("e")] DateTimeOffset EndedAt);
