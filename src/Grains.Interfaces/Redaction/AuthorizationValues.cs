using System.Buffers;
using System.Buffers.Text;

namespace AwoooP.Redaction;

/// <summary>Credentials behind a bare scheme (<c>Bearer ...</c>, <c>Basic ...</c>); those behind a header's name are found by the name (<see cref="NamedSecrets"/>).</summary>
internal sealed class AuthorizationValues : IDetector
{
    public const string BearerAnchor = "bearer ";
    public const string BasicAnchor = "basic ";
    private const int ShortestBearer = 16;
    private const int ShortestBasic = 8;
    private const int LongestBasic = 1024;

    private static readonly SearchValues<string> Anchors = SearchValues.Create([BearerAnchor, BasicAnchor], StringComparison.Ordinal);
    private static readonly SearchValues<char> CredentialChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        for (var at = from; at < text.Length; )
        {
            var found = FoldedSearch.IndexOfAny(text[at..], Anchors);
            if (found < 0)
                break;
            var anchor = at + found;
            var isBearer = (text[anchor + 1] | 0x20) == 'e';
            var start = anchor + (isBearer ? BearerAnchor.Length : BasicAnchor.Length);
            while (start < text.Length && text[start] == ' ')
                start++;
            var end = start < text.Length ? start + TextShape.Run(text, start, CredentialChars) : start;
            while (end > start && text[end - 1] == '.')
                end--;
            at = Math.Max(end, start);
            if (!TextShape.StartsWord(text, anchor))
                continue;
            var value = text[start..end];
            if (isBearer ? LooksRandom(value) : IsUserAndPassword(value))
            {
                finding = new Finding(start, end, RedactionKind.Authorization);
                return true;
            }
        }

        finding = default;
        return false;
    }

    /// <summary>Long, with a digit: prose behind the word 'bearer' has none.</summary>
    private static bool LooksRandom(ReadOnlySpan<char> value) =>
        value.Length >= ShortestBearer && value.ContainsAny(TextShape.Digits) && !value.Contains("://", StringComparison.Ordinal);

    /// <summary>Base64 of <c>user:password</c>, and not the word 'authentication'.</summary>
    internal static bool IsUserAndPassword(ReadOnlySpan<char> value)
    {
        if (value.Length is < ShortestBasic or > LongestBasic || !Base64.IsValid(value))
            return false;
        Span<byte> decoded = stackalloc byte[LongestBasic];
        return Convert.TryFromBase64Chars(value, decoded, out var length)
            && decoded[..length].Contains((byte)':')
            && !decoded[..length].ContainsAnyInRange((byte)0, (byte)31);
    }
}
