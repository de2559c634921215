using System.Buffers;

namespace AwoooP.Redaction;

/// <summary>What the detectors need to know of single characters and their neighbours.</summary>
internal static class TextShape
{
    public static readonly SearchValues<char> TokenChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>No letter, digit or underscore on the left: a secret does not start in the middle of a word.</summary>
    public static bool StartsWord(ReadOnlySpan<char> text, int at) => at == 0 || !IsWord(text[at - 1]);

    public static bool EndsWord(ReadOnlySpan<char> text, int at) => at >= text.Length || !IsWord(text[at]);

    /// <summary>The length of the run of <paramref name="allowed"/> that starts at <paramref name="at"/>.</summary>
    public static int Run(ReadOnlySpan<char> text, int at, SearchValues<char> allowed)
    {
        var end = text[at..].IndexOfAnyExcept(allowed);
        return end < 0 ? text.Length - at : end;
    }

    public static int DigitRun(ReadOnlySpan<char> text, int at)
    {
        var end = text[at..].IndexOfAnyExcept(TextShape.Digits);
        return end < 0 ? text.Length - at : end;
    }

    public static int EndOfLine(ReadOnlySpan<char> text, int at)
    {
        var end = text[at..].IndexOfAny('\r', '\n');
        return end < 0 ? text.Length : at + end;
    }
}
