using System.Text.RegularExpressions;

namespace AwoooP.Redaction;

/// <summary>Signed (three parts) and encrypted (five parts) JSON web tokens, also with the signature cut off.</summary>
internal sealed partial class JsonWebTokens : IDetector
{
    /// <summary>Base64url of <c>{"</c>, with which every header starts.</summary>
    public const string Anchor = "eyJ";

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        if (text[from..].IndexOf(Anchor) >= 0)
        {
            foreach (var match in Shape().EnumerateMatches(text, from))
            {
                finding = new Finding(match.Index, match.Index + match.Length, RedactionKind.JsonWebToken);
                return true;
            }
        }

        finding = default;
        return false;
    }

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.(?:eyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)?|[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+){3})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
