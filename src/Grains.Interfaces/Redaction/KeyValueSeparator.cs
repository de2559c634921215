namespace AwoooP.Redaction;

/// <summary>How a key and its value are tied together, and where the value starts.</summary>
/// <param name="Form">Decides where a value without quotes ends.</param>
internal readonly record struct KeyValueSeparator(KeyValueForm Form, int ValueStart)
{
    private const int MostSpaces = 16;

    public static bool TryRead(ReadOnlySpan<char> text, int nameStart, int nameEnd, out KeyValueSeparator separator)
    {
        separator = default;
        var left = nameStart > 0 ? text[nameStart - 1] : '\n';
        var at = nameEnd;
        if (at < text.Length && text[at] == '>' && left == '<')
            return Found(KeyValueForm.Xml, at + 1, out separator);
        var isQuoted = SkipClosingQuote(text, ref at);
        var beforeSpaces = at;
        at = SkipSpaces(text, at);
        if (at >= text.Length)
            return false;
        var rest = text[at..];
        if (rest.StartsWith(":=") || rest.StartsWith("=>"))
            return Found(KeyValueForm.Assignment, SkipSpaces(text, at + 2), out separator);
        if (rest.StartsWith("%3D", StringComparison.OrdinalIgnoreCase))
            return Found(KeyValueForm.EncodedQuery, at + 3, out separator);
        if (rest[0] == '=')
        {
            // Comparisons and PromQL matchers by pattern hold no value.
            if (rest.Length > 1 && rest[1] is '=' or '~')
                return false;
            var form = left is '?' or '&' ? KeyValueForm.Query : left is ';' ? KeyValueForm.ConnectionString : KeyValueForm.Assignment;
            return Found(form, SkipSpaces(text, at + 1), out separator);
        }

        if (rest[0] == ':')
            return IsColonOfPair(rest, left, isQuoted) && Found(isQuoted ? KeyValueForm.Json : KeyValueForm.Colon, SkipSpaces(text, at + 1), out separator);
        return at > beforeSpaces && text[nameStart] == '-' && nameStart + 1 < nameEnd && text[nameStart + 1] == '-' && rest[0] != '-'
            && Found(KeyValueForm.CommandLine, at, out separator);
    }

    /// <summary>Not the colon of <c>Token::Type</c>, <c>secret://</c>, an image <c>repo/token:1.2</c> or a recording rule <c>job:token:rate5m</c>.</summary>
    private static bool IsColonOfPair(ReadOnlySpan<char> rest, char left, bool isQuoted) =>
        rest.Length > 1 && rest[1] != ':' && !rest.StartsWith("://") && (isQuoted || rest[1] == ' ' || left is not ('/' or ':'));

    private static bool Found(KeyValueForm form, int valueStart, out KeyValueSeparator separator)
    {
        separator = new KeyValueSeparator(form, valueStart);
        return true;
    }

    private static bool SkipClosingQuote(ReadOnlySpan<char> text, ref int at)
    {
        var quote = at;
        while (quote < text.Length && text[quote] == '\\' && quote - at < 4)
            quote++;
        if (quote >= text.Length || text[quote] is not ('"' or '\'' or '`'))
            return false;
        at = quote + 1;
        if (at < text.Length && text[at] == ']')
            at++;
        return true;
    }

    private static int SkipSpaces(ReadOnlySpan<char> text, int at)
    {
        var limit = Math.Min(text.Length, at + MostSpaces);
        while (at < limit && text[at] is ' ' or '\t')
            at++;
        return at;
    }
}

internal enum KeyValueForm
{
    None = 0,
    Assignment,
    Colon,
    Json,
    Query,
    EncodedQuery,
    ConnectionString,
    CommandLine,
    Xml,
}
