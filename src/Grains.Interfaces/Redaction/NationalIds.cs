namespace AwoooP.Redaction;

/// <summary>Identity numbers of persons, each with the check that its issuer defines, so that serial numbers of the same shape are left alone.</summary>
internal sealed class NationalIds : IDetector
{
    private const int Longest = 18;

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        for (var at = from; at < text.Length; )
        {
            var found = text[at..].IndexOfAnyInRange('0', '9');
            if (found < 0)
                break;

            // Up to two letters stand before the first digit.
            var digit = at + found;
            var start = digit;
            while (start > from && digit - start < 2 && char.IsAsciiLetter(text[start - 1]))
                start--;
            at = digit + TextShape.DigitRun(text, digit);
            if (!StartsId(text, start))
                continue;
            var length = NationalIdShapes.Match(text[start..Math.Min(text.Length, start + Longest)]);
            if (length > 0 && EndsId(text, start + length))
            {
                finding = new Finding(start, start + length, RedactionKind.NationalId);
                return true;
            }
        }

        finding = default;
        return false;
    }

    private static bool StartsId(ReadOnlySpan<char> text, int start) =>
        TextShape.StartsWord(text, start)
        && (start == 0 || text[start - 1] is not ('-' or '.' or '+') || start == 1 || !TextShape.IsWord(text[start - 2]));

    private static bool EndsId(ReadOnlySpan<char> text, int end) =>
        TextShape.EndsWord(text, end) && (end + 1 >= text.Length || text[end] is not ('-' or '.') || !TextShape.IsWord(text[end + 1]));
}
