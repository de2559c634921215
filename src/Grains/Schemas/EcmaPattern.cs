using System.Text;
using System.Text.RegularExpressions;

namespace AwoooP.Schemas;

/// <summary>
/// Patterns of a schema. They are matched in time linear to the text, so no text can keep a silo busy; what such a machine cannot do
/// (look-around, back references) is refused.
/// </summary>
internal static class EcmaPattern
{
    /// <exception cref="ArgumentException">It is no pattern.</exception>
    /// <exception cref="NotSupportedException">It needs more than a linear machine, or too large a one.</exception>
    public static Regex Compile(string pattern) => new(ToDotNet(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Where .NET reads a pattern otherwise than ECMA-262: the end is the very end, and digits and word characters are ASCII.</summary>
    private static string ToDotNet(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                text.Append(Escaped(pattern[++i], inClass));
                continue;
            }

            inClass = c switch
            {
                '[' => true,
                ']' => false,
                _ => inClass,
            };
            _ = c == '$' && !inClass ? text.Append(@"\z") : text.Append(c);
        }

        return text.ToString();
    }

    private static string Escaped(char c, bool inClass) => (c, inClass) switch
    {
        ('d', true) => "0-9",
        ('d', false) => "[0-9]",
        ('D', false) => "[^0-9]",
        ('w', true) => "A-Za-z0-9_",
        ('w', false) => "[A-Za-z0-9_]",
        ('W', false) => "[^A-Za-z0-9_]",
        _ => $"\\{c}",
    };
}
