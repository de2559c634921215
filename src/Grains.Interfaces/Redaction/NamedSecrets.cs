using System.Buffers;

namespace AwoooP.Redaction;

/// <summary>
/// Values whose key names a secret, as environment (<c>KEY=v</c>), JSON, YAML, query (<c>?key=v&amp;</c>), connection string (<c>Key=v;</c>), header (<c>Key: v</c>),
/// XML (<c>&lt;key&gt;v&lt;</c>) and command line (<c>--key v</c>); and the credentials of an Authorization header, whose scheme stays.
/// </summary>
internal sealed class NamedSecrets : IDetector
{
    /// <summary>Every name that <see cref="SecretNames"/> knows holds one of these.</summary>
    public static readonly SearchValues<string> AnchorSearch = SearchValues.Create(
        ["pass", "pwd", "secret", "token", "credential", "key", "connection", "authorization", "cookie", "psk", "jwt", "otp", "cvv", "cvc", "sig"], StringComparison.Ordinal);
    private static readonly SearchValues<char> NameChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        for (var at = from; at < text.Length; )
        {
            var found = FoldedSearch.IndexOfAny(text[at..], AnchorSearch);
            if (found < 0)
                break;
            var anchor = at + found;
            var nameStart = NameStart(text, at, anchor);
            var nameEnd = anchor + TextShape.Run(text, anchor, NameChars);
            at = nameEnd;
            var name = text[nameStart..nameEnd];
            if (!SecretNames.Contains(name) || !KeyValueSeparator.TryRead(text, nameStart, nameEnd, out var separator))
                continue;
            if (NamedValue.TryRead(text, name, separator, out var start, out var end))
            {
                finding = new Finding(start, end, SecretNames.IsAuthorization(name) ? RedactionKind.Authorization : RedactionKind.Secret);
                return true;
            }
        }

        finding = default;
        return false;
    }

    private static int NameStart(ReadOnlySpan<char> text, int from, int anchor)
    {
        var window = text[Math.Max(from, anchor - SecretNames.LongestName)..anchor];
        return anchor - window.Length + window.LastIndexOfAnyExcept(NameChars) + 1;
    }
}
