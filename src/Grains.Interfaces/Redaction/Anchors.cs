using System.Buffers;

namespace AwoooP.Redaction;

/// <summary>The cheap question asked of every text first, without allocation: is there anything at all that a secret of any kind cannot do without?</summary>
internal static class Anchors
{
    /// <summary>A key of three letters, a separator and a value.</summary>
    public const int ShortestSecret = 5;

    /// <summary>Fewer digits than in any number that is looked for.</summary>
    private const int FewestDigits = 6;

    private static readonly SearchValues<string> Schemes = SearchValues.Create(["-----begin ", "jdbc:oracle:", "bearer ", "basic "], StringComparison.Ordinal);

    public static bool MayHoldSecret(ReadOnlySpan<char> text) =>
        text.Contains(EmailAddresses.Anchor) || text.Contains(UrlPasswords.UrlAnchor, StringComparison.Ordinal) || HoldsNumber(text) || text.Contains(JsonWebTokens.Anchor, StringComparison.Ordinal)
        || FoldedSearch.IndexOfAny(text, NamedSecrets.AnchorSearch) >= 0 || FoldedSearch.IndexOfAny(text, Schemes) >= 0 || ProviderShape.MayHold(text);

    /// <summary>Whether enough digits follow each other with no more than grouping between them.</summary>
    private static bool HoldsNumber(ReadOnlySpan<char> text)
    {
        var digits = 0;
        var first = text.IndexOfAny(TextShape.Digits);
        if (first < 0)
            return false;
        foreach (var c in text[first..])
        {
            if (char.IsAsciiDigit(c))
            {
                if (++digits >= FewestDigits)
                    return true;
            }
            else if (c is not (' ' or '-' or '.' or '(' or ')'))
            {
                digits = 0;
            }
        }

        return false;
    }
}
