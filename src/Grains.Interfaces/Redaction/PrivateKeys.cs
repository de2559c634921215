namespace AwoooP.Redaction;

/// <summary>PEM private keys of every sort (also PGP blocks, and with line breaks written as <c>\n</c>). A key cut off before its end is taken up to the end of its base64.</summary>
internal sealed class PrivateKeys : IDetector
{
    public const string Anchor = "-----BEGIN ";
    private const int LongestLabel = 64;

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        for (var at = from; ; )
        {
            var found = text[at..].IndexOf(Anchor);
            if (found < 0)
            {
                finding = default;
                return false;
            }

            var start = at + found;
            at = start + Anchor.Length;
            var label = text[at..Math.Min(text.Length, at + LongestLabel)];
            var labelEnd = label.IndexOf("-----");
            if (labelEnd < 0 || label[..labelEnd].IndexOf("PRIVATE KEY") < 0)
                continue;
            finding = new Finding(start, End(text, at + labelEnd + 5, label[..labelEnd]), RedactionKind.PrivateKey);
            return true;
        }
    }

    private static int End(ReadOnlySpan<char> text, int body, ReadOnlySpan<char> label)
    {
        const string footer = "-----END ";
        var end = text[body..].IndexOf(footer);
        if (end < 0)
            return text.Length;
        end += body + footer.Length;
        if (text[end..].StartsWith(label))
            end += label.Length;
        return text[end..].StartsWith("-----") ? end + 5 : end;
    }
}
