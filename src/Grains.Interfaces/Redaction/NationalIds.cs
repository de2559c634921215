namespace AwoooP.Redaction;

/// <summary>Identity numbers of persons, each with the check that its issuer defines, so that serial numbers of the same shape are left alone.</summary>
internal sealed class NationalIds : IDetector
{
    private const int Longest = 18;

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        for (var at = from; at < text.Length; )
        {
            var found = text[at..].IndexOfAny(TextShape.Digits);
            if (found < 0)
                break;

            // Up to two letters stand before the first digit, in the British form with a space between.
            var digit = at + found;
            var start = digit;
            if (digit - from > 2 && text[digit - 1] == ' ' && char.IsAsciiLetterUpper(text[digit - 2]) && char.IsAsciiLetterUpper(text[digit - 3])
                && TextShape.StartsWord(text, digit - 3) && NationalIdShapes.Match(Window(text, digit - 3)) is var spaced and > 0 && EndsId(text, digit - 3 + spaced))
            {
                finding = new Finding(digit - 3, digit - 3 + spaced, RedactionKind.NationalId);
                return true;
            }

            while (start > from && digit - start < 2 && char.IsAsciiLetter(text[start - 1]))
                start--;
            at = digit + TextShape.DigitRun(text, digit);
            if (!StartsId(text, start))
                continue;
            var length = NationalIdShapes.Match(Window(text, start));
            if (length > 0 && EndsId(text, start + length))
            {
                finding = new Finding(start, start + length, RedactionKind.NationalId);
                return true;
            }
        }

        finding = default;
        return false;
    }

    private static ReadOnlySpan<char> Window(ReadOnlySpan<char> text, int start) => text[start..Math.Min(text.Length, start + Longest)];

    private static bool StartsId(ReadOnlySpan<char> text, int start) =>
        TextShape.StartsWord(text, start)
        && (start == 0 || text[start - 1] is not ('-' or '.' or '+') || start == 1 || !TextShape.IsWord(text[start - 2]));

    private static bool EndsId(ReadOnlySpan<char> text, int end) =>
        TextShape.EndsWord(text, end) && (end + 1 >= text.Length || text[end] is not ('-' or '.') || !TextShape.IsWord(text[end + 1]));
}
