namespace AwoooP.Redaction;

/// <summary>Card numbers: issuer prefix and length as the schemes assign them, and the Luhn check digit; grouped as on the card (4-4-4-4, 4-6-5, 4-6-4) or not at all.</summary>
internal sealed class PaymentCards : IDetector
{
    public const int Shortest = 12;
    private const int Longest = 19;

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        Span<char> digits = stackalloc char[Longest];
        for (var at = from; at < text.Length; )
        {
            var found = text[at..].IndexOfAny(TextShape.Digits);
            if (found < 0)
                break;
            var start = at + found;
            var run = TextShape.DigitRun(text, start);
            at = start + run;
            if (!StartsNumber(text, start))
                continue;
            var end = Read(text, start, run, digits, out var length);
            if (end > 0 && EndsNumber(text, end) && IsIssued(digits[..length]) && Luhn.Holds(digits[..length]))
            {
                finding = new Finding(start, end, RedactionKind.PaymentCard);
                return true;
            }
        }

        finding = default;
        return false;
    }

    /// <summary>Not inside a word, behind a decimal point, or behind a dash that itself follows a word (a part of an id).</summary>
    private static bool StartsNumber(ReadOnlySpan<char> text, int start) =>
        TextShape.StartsWord(text, start)
        && (start == 0 || text[start - 1] is not ('.' or '-') || start == 1 || !TextShape.IsWord(text[start - 2]));

    private static bool EndsNumber(ReadOnlySpan<char> text, int end) =>
        TextShape.EndsWord(text, end)
        && (end + 1 >= text.Length || text[end] is not ('.' or '-') || !TextShape.IsWord(text[end + 1]));

    private static int Read(ReadOnlySpan<char> text, int start, int run, Span<char> digits, out int length)
    {
        length = 0;
        if (run is >= Shortest and <= Longest)
        {
            text.Slice(start, run).CopyTo(digits);
            length = run;
            return start + run;
        }

        if (run != 4)
            return 0;
        var at = start + run;
        text[start..at].CopyTo(digits);
        length = run;
        var separator = at < text.Length ? text[at] : '\0';
        if (separator is not (' ' or '-' or '.'))
            return 0;
        var isShortForm = false;
        while (length < Longest && at + 1 < text.Length && text[at] == separator)
        {
            var group = TextShape.DigitRun(text, at + 1);
            if (length == 4)
                isShortForm = group == 6;
            var fits = isShortForm ? length == 4 || (length == 10 && group is 4 or 5) : group == 4 || (length == 16 && group == 3);
            if (!fits || length + group > Longest)
                break;
            text.Slice(at + 1, group).CopyTo(digits[length..]);
            length += group;
            at += 1 + group;
            if (isShortForm && length > 10)
                break;
        }

        return length >= 14 ? at : 0;
    }

    private static bool IsIssued(ReadOnlySpan<char> digits)
    {
        var four = int.Parse(digits[..4], provider: null);
        var two = four / 100;
        return digits.Length switch
        {
            12 => four is 5018 or 5020 or 5038 or 6304 or 6759 or 6761 or 6763,
            13 => digits[0] == '4',
            14 => two is 36 or 38 || four is >= 3000 and <= 3059,
            15 => two is 34 or 37,
            16 => digits[0] == '4' || two is >= 51 and <= 55 or 62 or 65 || four is >= 2221 and <= 2720 or 6011 or (>= 6440 and <= 6499) or (>= 3528 and <= 3589)
                or 5018 or 5020 or 5038 or 6304 or 6759 or 6761 or 6763 || two is 36 or 38 or 39,
            17 or 18 => two == 62,
            19 => digits[0] == '4' || two is 62 or 65 || four is 6011 or (>= 3528 and <= 3589) or 6304 or 6759,
            _ => false,
        };
    }
}
