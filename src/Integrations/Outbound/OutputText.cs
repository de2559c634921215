using System.Globalization;
using AwoooP.Redaction;

namespace AwoooP.Integrations.Outbound;

/// <summary>What a tool said, as it may be kept: redacted first, then cut, so that a cut cannot hide half of a secret from the redaction.</summary>
internal static class OutputText
{
    public const int MaxLength = 16_384;

    /// <param name="unread">Characters that were not even taken in.</param>
    public static string Clean(string text, long unread = 0)
    {
        var clean = Redactor.Redact(text);
        var kept = clean.Length <= MaxLength ? clean.Length : char.IsHighSurrogate(clean[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        var cut = clean.Length - kept + unread;
        return cut == 0 ? clean : string.Create(CultureInfo.InvariantCulture, $"{clean.AsSpan(0, kept)}\n[{cut} more characters]");
    }
}
