using System.Globalization;

namespace AwoooP.Runs;

/// <summary>Cuts texts to a number of Unicode scalars, never inside of one, and says how many were cut.</summary>
internal static class BoundedText
{
    /// <returns>The text itself, or its first <paramref name="maxScalars"/> scalars followed by a mark with the number cut.</returns>
    public static string Cut(string text, int maxScalars)
    {
        if (text.Length <= maxScalars)
            return text;

        var scalars = 0;
        var kept = text.Length;
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (scalars == maxScalars)
                kept = index;

            scalars++;
            index += rune.Utf16SequenceLength;
        }

        return scalars <= maxScalars
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)}[... {scalars - maxScalars} characters cut]");
    }
}
