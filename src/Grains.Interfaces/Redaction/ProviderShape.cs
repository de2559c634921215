using System.Text.RegularExpressions;

namespace AwoooP.Redaction;

/// <summary>Tokens that tell by their shape whose they are. The shapes stand in four automata, as one of them all would be larger than the engine allows.</summary>
internal static class ProviderShape
{
    public static bool MayHold(ReadOnlySpan<char> text) =>
        CloudTokens.MayHold(text) || SourceHostingTokens.MayHold(text) || ChatTokens.MayHold(text) || ServiceTokens.MayHold(text);

    /// <param name="shapes">Null when the text lacks every anchor of the shapes.</param>
    public static bool TryFind(Regex? shapes, ReadOnlySpan<char> text, int from, out Finding finding)
    {
        if (shapes is not null)
        {
            foreach (var match in shapes.EnumerateMatches(text, from))
            {
                finding = new Finding(match.Index, match.Index + match.Length, RedactionKind.ProviderToken);
                return true;
            }
        }

        finding = default;
        return false;
    }
}
