using System.Buffers;
using System.Text.RegularExpressions;

namespace AwoooP.Redaction;

/// <summary>Keys and tokens of cloud and hosting providers, secret stores and infrastructure services. The shapes are those that the providers publish for secret scanning.</summary>
internal sealed partial class CloudTokens : IDetector
{
    /// <summary>Every shape holds one of these. Case counts.</summary>
    private static readonly SearchValues<string> Anchors = SearchValues.Create(
    [
        "AKIA", "ASIA", "ABIA", "ACCA", "AIza", "ya29.", "GOCSPX-", "8Q~", "do_v1_", "dop_v1_", "doo_v1_", "dor_v1_", "LTAI", "AKID", "FlyV1 ", "HRKU-",
        "hvs.", "hvb.", "hvr.", "dapi", ".atlasv1.", "dp.pt.", "pul-",
    ], StringComparison.Ordinal);

    public static bool MayHold(ReadOnlySpan<char> text) => text.ContainsAny(Anchors);

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding) =>
        ProviderShape.TryFind(MayHold(text[from..]) ? Shapes() : null, text, from, out finding);

    [GeneratedRegex(
        @"\b(?:"
        + @"A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}\b"
        + @"|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{28}"
        + @"|[A-Za-z0-9_.-]{3}8Q~[A-Za-z0-9_~.-]{31,34}"
        + @"|do[opr]?_v1_[a-f0-9]{64}|LTAI[A-Za-z0-9]{16,20}\b|AKID[A-Za-z0-9]{32}|FlyV1 fm[0-9]_[A-Za-z0-9+/=_,-]{20,}|HRKU-[A-Za-z0-9_-]{36,}"
        + @"|hv[sbr]\.[A-Za-z0-9_-]{20,}|dapi[a-f0-9]{32}|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{40,}|dp\.pt\.[A-Za-z0-9]{40,}|pul-[a-f0-9]{40}"
        + ")",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Shapes();
}
