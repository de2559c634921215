using System.Diagnostics.CodeAnalysis;
using AwoooP.Redaction;

namespace AwoooP.Notifications;

/// <summary>What of a message enters the log: redacted, then bounded.</summary>
internal static class NotificationText
{
    public static string Clean(string text, int maxLength) => Bound(Redactor.Redact(text), maxLength);

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Bound(string? text, int maxLength)
    {
        if (text is null || text.Length <= maxLength)
            return text;

        var kept = char.IsHighSurrogate(text[maxLength - 2]) ? maxLength - 2 : maxLength - 1;
        return $"{text.AsSpan(0, kept)}…";
    }
}
