using System.Buffers;

namespace AwoooP.Redaction;

/// <summary>
/// The password in <c>scheme://user:password@host</c> and in the data source names of drivers: <c>user:password@tcp(host)</c>, <c>jdbc:oracle:thin:user/password@host</c>.
/// Passwords in <c>Key=Value;</c> connection strings are found by their names (<see cref="NamedSecrets"/>).
/// </summary>
internal sealed class UrlPasswords : IDetector
{
    public const string UrlAnchor = "://";
    public const string TcpAnchor = "@tcp(";
    public const string OracleAnchor = "jdbc:oracle:";
    private const int LongestUser = 128;

    private static readonly SearchValues<string> Anchors = SearchValues.Create([UrlAnchor, TcpAnchor, OracleAnchor], StringComparison.Ordinal);
    private static readonly SearchValues<char> UrlEnd = SearchValues.Create(" \t\r\n\"'`<>");

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        for (var at = from; at < text.Length; )
        {
            var found = text[at..].IndexOfAny(Anchors);
            if (found < 0)
                break;
            var anchor = at + found;
            var (start, end, next) = text[anchor] switch
            {
                ':' => InUrl(text, anchor + UrlAnchor.Length),
                '@' => BeforeTcp(text, from, anchor),
                _ => InOracle(text, anchor + OracleAnchor.Length),
            };
            if (end > start && !Marker.Is(text[start..end]) && !SecretValues.IsPlaceholder(text[start..end]))
            {
                finding = new Finding(start, end, RedactionKind.UrlPassword);
                return true;
            }

            at = next;
        }

        finding = default;
        return false;
    }

    private static (int Start, int End, int Next) InUrl(ReadOnlySpan<char> text, int at)
    {
        // The next URL in the same run of characters (a list of hosts, a redirect parameter) is looked at by itself.
        var url = text[at..];
        var following = url.IndexOf(UrlAnchor);
        if (following >= 0)
            url = url[..following];
        var length = url.IndexOfAny(UrlEnd);
        if (length >= 0)
            url = url[..length];
        var next = at + url.Length;
        var authority = url.IndexOfAny('/', '?', '#') is var slash and >= 0 ? url[..slash] : url;
        var marker = Marker.LengthAt(authority);
        var colon = authority[marker..].IndexOf(':');
        if (colon < 0)
            return (0, 0, next);

        // A redacted user's colon is not the one before the password.
        colon += marker;
        var sign = authority.LastIndexOf('@');
        if (sign > colon)
            return (at + colon + 1, at + sign, next);

        // A raw '/', '?' or '#' in the password is not valid and yet seen; it is told from host:port/path@... by the digits of a port.
        if (sign >= 0 || authority[(colon + 1)..].IndexOfAnyExcept(TextShape.Digits) < 0 || authority.IndexOf('[') >= 0)
            return (0, 0, next);
        sign = url.IndexOf('@');
        return sign > colon ? (at + colon + 1, at + sign, next) : (0, 0, next);
    }

    private static (int Start, int End, int Next) BeforeTcp(ReadOnlySpan<char> text, int from, int sign)
    {
        var next = sign + TcpAnchor.Length;
        var window = text[Math.Max(from, sign - (2 * LongestUser))..sign];
        var cut = window.LastIndexOfAny(UrlEnd);
        window = window[(cut + 1)..];
        var equals = window.IndexOf('=');
        var colon = window[(equals + 1)..].IndexOf(':');
        return colon < 0 ? (0, 0, next) : (sign - window.Length + equals + 1 + colon + 1, sign, next);
    }

    private static (int Start, int End, int Next) InOracle(ReadOnlySpan<char> text, int at)
    {
        var length = text[at..].IndexOfAny(UrlEnd);
        var rest = length < 0 ? text[at..] : text[at..(at + length)];
        var slash = rest.IndexOf('/');
        var sign = rest.LastIndexOf('@');
        return slash >= 0 && sign > slash ? (at + slash + 1, at + sign, at + sign) : (0, 0, at + rest.Length);
    }
}
