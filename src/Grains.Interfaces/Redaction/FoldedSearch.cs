using System.Buffers;

namespace AwoooP.Redaction;

/// <summary>
/// Looks for lower-case words in text of any case. The text is folded piece by piece on the stack and searched by exact match,
/// which is several times faster than a search that ignores case, and allocates nothing.
/// </summary>
internal static class FoldedSearch
{
    private const int Piece = 256;

    /// <summary>One less than the longest word that is searched for: a word may lie across two pieces.</summary>
    private const int Overlap = 15;

    public static int IndexOfAny(ReadOnlySpan<char> text, SearchValues<string> words)
    {
        Span<char> folded = stackalloc char[Piece];
        for (var at = 0; ; at += Piece - Overlap)
        {
            var rest = text[at..];
            var piece = rest[..Math.Min(rest.Length, Piece)];
            piece.ToLowerInvariant(folded);
            var found = ((ReadOnlySpan<char>)folded)[..piece.Length].IndexOfAny(words);
            if (found >= 0)
                return at + found;
            if (rest.Length <= Piece)
                return -1;
        }
    }
}
