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

    public bool Says(AlertMember member) => StartsAt == member.StartsAt && EndsAt == member.EndsAt && Content == ContentOf(member);

    private static ulong ContentOf(AlertMember member)
    {
        var hash = new ContentHash();
        foreach (var (name, value) in member.Annotations.OrderBy(annotation => annotation.Key, StringComparer.Ordinal))
        {
            hash.Add(name);
            hash.Add(value);
        }

        hash.Add(member.GeneratorUrl);
        hash.Add(member.Source);
        return hash.Value;
    }
}

/// <summary>A member that ended a short while ago: keeps late news about it from bringing it back.</summary>
/// <param name="StartsAt">The start of its last occurrence that was counted; null when its end is all that was ever heard of it.</param>
/// <param name="EndedAt">Tells an end that is said again from another one.</param>
internal sealed record QuietMember(
    [property: JsonPropertyName("s")] DateTimeOffset? StartsAt,
    [property: JsonPropertyName("r")] DateTimeOffset ReceivedAt,
    [property: JsonPropertyName("e")] DateTimeOffset EndedAt);
