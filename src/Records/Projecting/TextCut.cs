using System.Diagnostics.CodeAnalysis;

namespace AwoooP.Records.Projecting;

internal static class TextCut
{
    /// <summary>At most <paramref name="length"/> characters as PostgreSQL counts them (code points), never half of one.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(this string? text, int length)
    {
        if (text is null || text.Length <= length)
            return text;

        var end = 0;
        for (var taken = 0; taken < length && end < text.Length; taken++)
            end += end + 1 < text.Length && char.IsSurrogatePair(text[end], text[end + 1]) ? 2 : 1;
        return end == text.Length ? text : text[..end];
    }
}
