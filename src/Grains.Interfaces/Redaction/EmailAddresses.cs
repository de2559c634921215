using System.Buffers;
using System.Collections.Frozen;

namespace AwoooP.Redaction;

/// <summary>E-mail addresses; not the <c>user@host</c> of URLs, scp paths, package versions, systemd units and hosts of the cluster.</summary>
internal sealed class EmailAddresses : IDetector
{
    public const char Anchor = '@';
    private const int LongestLocalPart = 64;
    private const int LongestDomain = 253;

    private static readonly SearchValues<char> LocalChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-'!#$&*/=?^{|}~");

    /// <summary>Last labels that no public mail domain has: private zones, units, file names.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoMailDomain = FrozenSet.ToFrozenSet(
    [
        "local", "localdomain", "localhost", "internal", "intranet", "lan", "svc", "cluster", "consul",
        "service", "socket", "timer", "mount", "slice", "target", "scope", "device", "conf",
        "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "html", "json", "yaml", "yml", "tgz", "gz", "git",
    ], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        for (var at = from; at < text.Length; )
        {
            var found = text[at..].IndexOf(Anchor);
            if (found < 0)
                break;
            var sign = at + found;
            var start = LocalStart(text, from, sign);
            var end = DomainEnd(text, sign + 1);
            if (start < sign && end > sign + 1 && IsMailbox(text, start, sign, end))
            {
                finding = new Finding(start, end, RedactionKind.Email);
                return true;
            }

            at = sign + 1;
        }

        finding = default;
        return false;
    }

    private static int LocalStart(ReadOnlySpan<char> text, int from, int sign)
    {
        var window = text[Math.Max(from, sign - LongestLocalPart)..sign];
        var start = sign;
        for (var i = window.Length - 1; i >= 0 && (LocalChars.Contains(window[i]) || (window[i] > 127 && char.IsLetter(window[i]))); i--)
            start--;

        // What a query string or a path puts before the address is not part of it.
        var prefix = text[start..sign].LastIndexOfAny("/=?&'{|}");
        start += prefix + 1;
        while (start < sign && text[start] == '.')
            start++;
        return start;
    }

    private static int DomainEnd(ReadOnlySpan<char> text, int at)
    {
        var limit = Math.Min(text.Length, at + LongestDomain);
        var end = at;
        while (end < limit && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-'))
            end++;
        while (end > at && text[end - 1] is '.' or '-')
            end--;
        return end;
    }

    private static bool IsMailbox(ReadOnlySpan<char> text, int start, int sign, int end)
    {
        var domain = text[(sign + 1)..end];
        var dot = domain.LastIndexOf('.');
        if (dot <= 0 || domain.Contains("..", StringComparison.Ordinal))
            return false;
        var last = domain[(dot + 1)..];
        foreach (var c in last)
        {
            if (!char.IsLetter(c) && !last.StartsWith("xn--"))
                return false;
        }

        if (last.Length < 2 || NoMailDomain.Contains(last))
            return false;
        var isUserOfUrl = start >= 3 && text[(start - 3)..start].SequenceEqual("://");
        return !isUserOfUrl && !IsScpPath(text, end);
    }

    /// <summary><c>git@host.org:group/project.git</c>: an account on a host, with a path behind it.</summary>
    private static bool IsScpPath(ReadOnlySpan<char> text, int end) =>
        end + 1 < text.Length && text[end] == ':' && (char.IsAsciiLetter(text[end + 1]) || text[end + 1] is '/' or '~')
        && text[(end + 1)..Math.Min(text.Length, end + 128)].IndexOfAny('/', '.') is var slash and >= 0
        && text[(end + 1)..(end + 1 + slash)].IndexOfAny(' ', '\t', '\n') < 0;
}
