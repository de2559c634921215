using System.Buffers;
using System.Text.RegularExpressions;

namespace AwoooP.Redaction;

/// <summary>
/// Telephone numbers: international with a plus sign, Taiwan's mobile and land lines, North American and other national forms with their usual grouping,
/// and any number behind a word that says so. The expressions are anchored at the number, bounded, and end in their only repetition, so that they never backtrack far.
/// </summary>
internal sealed partial class PhoneNumbers : IDetector
{
    private const int Longest = 40;
    private const int FewestDigits = 7;

    private static readonly SearchValues<char> NumberChars = SearchValues.Create("0123456789+-.() ");

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        for (var at = from; at < text.Length; at++)
        {
            var found = text[at..].IndexOfAnyInRange('(', '9');
            if (found < 0)
                break;
            at += found;
            if (!StartsNumber(text, at))
                continue;
            var window = text[at..Math.Min(text.Length, at + Longest)];
            var length = LengthAt(text, at, window);
            if (length > 0)
            {
                finding = new Finding(at, at + length, RedactionKind.Phone);
                return true;
            }

            at += Math.Max(0, TextShape.DigitRun(text, at) - 1);
        }

        finding = default;
        return false;
    }

    private static int LengthAt(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> window)
    {
        var stretch = window.IndexOfAnyExcept(NumberChars);
        if (Digits(stretch < 0 ? window : window[..stretch]) < FewestDigits)
            return 0;
        var shape = window[0] == '+' ? International() : IsNamed(text, at) ? Named() : National();
        foreach (var match in shape.EnumerateMatches(window))
        {
            var end = at + match.Length;
            var digits = Digits(window[..match.Length]);
            return digits is >= FewestDigits and <= 15 && EndsNumber(text, end) && (window[0] != '+' || digits >= 9) ? match.Length : 0;
        }

        return 0;
    }

    private static bool StartsNumber(ReadOnlySpan<char> text, int at) =>
        (text[at] is '+' or '(' || char.IsAsciiDigit(text[at]))
        && (at == 0 || (!TextShape.IsWord(text[at - 1]) && text[at - 1] is not ('+' or '(')
            && (text[at - 1] is not ('.' or '-' or '/' or ',') || (at > 1 && !TextShape.IsWord(text[at - 2]))))
        || (at > 0 && text[at - 1] == '(' && text[at] == '+'));

    private static bool EndsNumber(ReadOnlySpan<char> text, int end) =>
        TextShape.EndsWord(text, end) && (end + 1 >= text.Length || text[end] is not ('.' or '-' or ':' or '/') || !TextShape.IsWord(text[end + 1]));

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
            count += char.IsAsciiDigit(c) ? 1 : 0;
        return count;
    }

    private static bool IsNamed(ReadOnlySpan<char> text, int at)
    {
        const int longestName = 24;
        var before = text[Math.Max(0, at - longestName)..at];
        return Name().IsMatch(before);
    }

    [GeneratedRegex(@"(?i)(?:\b|_)(?:phone|telephone|tel|mobile|cell|cellphone|fax|whatsapp|sms|msisdn)(?:[_ -]?(?:no|number|nr))?\.?[""']?(?: is)?\s{0,2}[:=#]?\s{0,2}[""']?$|(?:電話|手機|行動電話|传真|傳真|电话|手机)(?:號碼|号码)?\s?[:：=]?\s?$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\+[1-9][0-9]{0,3}(?:[ .-]?\(?[0-9]{1,6}\)?){1,6}", RegexOptions.CultureInvariant)]
    private static partial Regex International();

    [GeneratedRegex(@"^\(?[0-9]{1,4}\)?(?:[ .-]?[0-9]{2,8}){1,4}", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(
        @"^(?:09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}"
        + @"|\(0[2-9][0-9]{0,2}\) ?[0-9]{3,4}[ -]?[0-9]{4}|0[2-8][ -][0-9]{3,4}[ -]?[0-9]{4}"
        + @"|\([2-9][0-9]{2}\) ?[2-9][0-9]{2}[ .-][0-9]{4}|(?:1[ .-])?[2-9][0-9]{2}([ .-])[2-9][0-9]{2}[ .-][0-9]{4}"
        + @"|0[0-9]{2,3}[ -][0-9]{3,4}[ -][0-9]{4}|0[0-9]{4}[ -][0-9]{6}|0[0-9]{3}[ -][0-9]{3}[ -][0-9]{3,4}|0[1-9](?:[ .][0-9]{2}){4}"
        + @"|1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex National();
}
