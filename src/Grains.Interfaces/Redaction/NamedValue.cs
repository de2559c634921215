using System.Buffers;
using System.Collections.Frozen;

namespace AwoooP.Redaction;

/// <summary>Reads the value behind a key that names a secret. Where its end is in doubt it takes more, not less.</summary>
internal static class NamedValue
{
    private const int LongestNextKey = 64;
    private const int DeepestIndent = 128;
    private static readonly SearchValues<char> PlainEnd = SearchValues.Create(" \t\r\n\"'`<");
    private static readonly SearchValues<char> QueryEnd = SearchValues.Create(" \t\r\n\"'`<>&#");
    private static readonly SearchValues<char> ConnectionStringEnd = SearchValues.Create("\r\n\"'`<;");
    private static readonly SearchValues<char> LineEnd = SearchValues.Create("\r\n\"'`");
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;&}])");

    private static readonly SearchValues<char> PlainEndOrSeparators = SearchValues.Create(" \t\r\n\"'`<,;&}])");

    /// <summary>The first word of an Authorization header, which may stay.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Schemes = FrozenSet.ToFrozenSet(
    [
        "Basic", "Bearer", "Digest", "Negotiate", "NTLM", "Token", "ApiKey", "Api-Key", "GenieKey", "OAuth", "Key", "SharedKey", "HMAC-SHA256", "AWS4-HMAC-SHA256",
        "Splunk", "DPoP", "Bot", "Hawk", "Zoho-oauthtoken", "Snowflake", "Klaviyo-API-Key", "SharedAccessSignature", "JWT", "SSWS", "Vapid",
    ], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryRead(ReadOnlySpan<char> text, ReadOnlySpan<char> name, KeyValueSeparator separator, out int start, out int end)
    {
        start = separator.ValueStart;
        end = start;
        if (start >= text.Length)
            return false;
        var isQuoted = TryReadQuoted(text, ref start, out end);
        if (!isQuoted)
            end = UnquotedEnd(text, name, separator.Form, start);
        if (SecretNames.IsAuthorization(name))
            return TrySkipScheme(text, ref start, ref end, isQuoted);
        while (end > start && !isQuoted && text[end - 1] is '.' or ',' or ';' or ':')
            end--;
        if (end <= start)
            return false;
        var value = text[start..end];
        if (SecretValues.IsHarmless(value, name))
            return false;
        return isQuoted || separator.Form is not (KeyValueForm.Colon or KeyValueForm.CommandLine) || !SecretValues.IsWordAbout(FirstWord(value));
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> value) => value.IndexOf(' ') is var space and > 0 ? value[..space] : value;

    /// <summary>Between quotes, also between quotes escaped for JSON in JSON. Without a closing quote the value goes to the end of the line.</summary>
    private static bool TryReadQuoted(ReadOnlySpan<char> text, ref int start, out int end)
    {
        end = start;
        var escapes = 0;
        while (start + escapes < text.Length && text[start + escapes] == '\\' && escapes < 4)
            escapes++;
        var at = start + escapes;
        if (at >= text.Length || text[at] is not ('"' or '\'' or '`'))
            return false;
        var quote = text[at];
        start = at + 1;
        var backslashes = 0;
        for (end = start; end < text.Length; end++)
        {
            if (text[end] == '\\')
            {
                backslashes++;
                continue;
            }

            if (text[end] == quote && backslashes <= escapes && (backslashes == escapes || backslashes % 2 == 0))
            {
                end -= backslashes == escapes ? escapes : 0;
                return true;
            }

            backslashes = 0;
        }

        end = TextShape.EndOfLine(text, start);
        return true;
    }

    private static int UnquotedEnd(ReadOnlySpan<char> text, ReadOnlySpan<char> name, KeyValueForm form, int start)
    {
        var rest = text[start..];
        if (SecretNames.IsAuthorization(name) || SecretNames.IsCookie(name))
            return HasParameters(text, start) ? TextShape.EndOfLine(text, start) : To(text, start, LineEnd);
        return form switch
        {
            KeyValueForm.Query => To(text, start, QueryEnd),
            KeyValueForm.EncodedQuery => rest.IndexOf("%26", StringComparison.Ordinal) is var next and >= 0 && next < To(text, start, QueryEnd) - start
                ? start + next
                : To(text, start, QueryEnd),
            KeyValueForm.ConnectionString => To(text, start, ConnectionStringEnd),
            KeyValueForm.Xml => rest.IndexOf('<') is var tag and >= 0 ? start + tag : text.Length,
            KeyValueForm.Assignment when IsYamlLine(text, name, start) && IsLastOfLine(text, start) => YamlEnd(text, start),
            KeyValueForm.Colon when IsYamlLine(text, name, start) => YamlEnd(text, start),
            KeyValueForm.CommandLine => To(text, start, PlainEnd),
            _ => PlainValueEnd(text, start),
        };
    }

    /// <summary>Digest, OAuth and their like quote their parameters, so that a quote does not end them.</summary>
    private static bool HasParameters(ReadOnlySpan<char> text, int start) => text[start..To(text, start, LineEnd)].EndsWith("=");

    /// <summary>A line of a .env file: no second pair stands behind the first.</summary>
    private static bool IsLastOfLine(ReadOnlySpan<char> text, int start)
    {
        var line = text[start..TextShape.EndOfLine(text, start)];
        var space = line.IndexOf(' ');
        return space < 0 || line[space..].IndexOfAny('=', '"', '\'') < 0;
    }

    private static int To(ReadOnlySpan<char> text, int start, SearchValues<char> ends)
    {
        var length = text[start..].IndexOfAny(ends);
        return length < 0 ? text.Length : start + length;
    }

    /// <summary>Up to a space or a quote, or to a separator that another key or the end follows: a password may hold commas itself.</summary>
    private static int PlainValueEnd(ReadOnlySpan<char> text, int start)
    {
        for (var at = start + Marker.LengthAt(text[start..]); at < text.Length; at++)
        {
            var found = text[at..].IndexOfAny(PlainEndOrSeparators);
            if (found < 0)
                return text.Length;
            at += found;
            if (PlainEnd.Contains(text[at]) || (at > start && EndsValue(text, at)))
                return at;
        }

        return text.Length;
    }

    private static bool EndsValue(ReadOnlySpan<char> text, int at)
    {
        var rest = text[(at + 1)..Math.Min(text.Length, at + 1 + LongestNextKey)];
        var end = rest.IndexOfAny(PlainEnd);
        rest = end < 0 ? rest : rest[..end];
        if (rest.IndexOfAnyExcept(Separators) < 0)
            return true;
        if (text[at] is '}' or ']' or ')')
            return Separators.Contains(rest[0]);
        var key = rest.IndexOfAny('=', ':');
        return key > 0 && rest[..key].IndexOfAnyExcept(TextShape.TokenChars) < 0;
    }

    /// <summary>A key at the start of one of several lines: a plain scalar, which may hold spaces.</summary>
    private static bool IsYamlLine(ReadOnlySpan<char> text, ReadOnlySpan<char> name, int start)
    {
        // The look back is bounded, so that many keys on one long line do not read it again and again.
        var head = text[Math.Max(0, start - SecretNames.LongestName - DeepestIndent)..start];
        var at = head.LastIndexOf(name);
        if (at < 0)
            return false;
        var indent = head[..at].TrimEnd(" \t-");
        if (indent.IsEmpty && head.Length == start)
            return TextShape.EndOfLine(text, start) < text.Length;
        return !indent.IsEmpty && indent[^1] == '\n';
    }

    /// <summary>To the end of the line without a comment; of a block scalar, all its indented lines.</summary>
    private static int YamlEnd(ReadOnlySpan<char> text, int start)
    {
        var end = TextShape.EndOfLine(text, start);
        if (text[start] is '|' or '>' && end - start <= 3)
        {
            while (end < text.Length)
            {
                var next = end + 1;
                while (next < text.Length && text[next] is '\r' or '\n')
                    next++;
                if (next >= text.Length || text[next] is not (' ' or '\t'))
                    break;
                end = TextShape.EndOfLine(text, next);
            }

            return end;
        }

        var comment = text[start..end].IndexOf(" #");
        end = comment > 0 ? start + comment : end;
        while (end > start && text[end - 1] is ' ' or '\t')
            end--;
        return end;
    }

    private static bool TrySkipScheme(ReadOnlySpan<char> text, ref int start, ref int end, bool isQuoted)
    {
        while (end > start && text[end - 1] is ' ' or '\t')
            end--;
        var value = text[start..end];
        var space = value.IndexOf(' ');
        var first = space < 0 ? value : value[..space];
        if (space > 0 && Schemes.Contains(first))
        {
            var credentials = value[space..].TrimStart(' ');
            start = end - credentials.Length;

            // One word, so that the log line that goes on behind an unquoted header is kept.
            if (!isQuoted && (first.Equals("Basic", StringComparison.OrdinalIgnoreCase) || first.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                && credentials.IndexOf(' ') is var more and > 0)
            {
                end = start + more;
                if (text[end - 1] is ',' or ';')
                    end--;
            }
        }
        else if (!isQuoted && (SecretValues.IsWordAbout(first) || space > 0 && !first.ContainsAny(TextShape.Digits)))
        {
            return false;
        }

        value = text[start..end];
        return end > start && !SecretValues.IsHarmless(value, "authorization") && !Schemes.Contains(value);
    }
}
