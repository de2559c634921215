using System.Buffers;
using System.Text.RegularExpressions;

namespace AwoooP.Redaction;

/// <summary>Keys of model providers, payment, mail, telemetry and other services. The shapes are those that the providers publish for secret scanning.</summary>
internal sealed partial class ServiceTokens : IDetector
{
    /// <summary>Every shape holds one of these. Case counts.</summary>
    private static readonly SearchValues<string> Anchors = SearchValues.Create(
    [
        "sk-", "hf_", "gsk_", "xai-", "r8_", "pplx-", "nvapi-", "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", "SG.", "SK", "glc_", "glsa_",
        "shpat_", "shpca_", "shppa_", "shpss_", "lin_api_", "NRAK-", "sntrys_", "sntryu_", "AGE-SECRET-KEY-1", "PMAK-",
    ], StringComparison.Ordinal);

    public static bool MayHold(ReadOnlySpan<char> text) => text.ContainsAny(Anchors);

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding) =>
        ProviderShape.TryFind(MayHold(text[from..]) ? Shapes() : null, text, from, out finding);

    [GeneratedRegex(
        @"\b(?:"
        + @"sk-(?:[A-Za-z0-9]{20,}|(?:proj|svcacct|admin|ant|or|None|lf)-[A-Za-z0-9_-]{16,})"
        + @"|hf_[A-Za-z0-9]{30,}|gsk_[A-Za-z0-9]{40,}|xai-[A-Za-z0-9]{40,}|r8_[A-Za-z0-9]{37}|pplx-[A-Za-z0-9]{40,}|nvapi-[A-Za-z0-9_-]{40,}"
        + @"|[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{24,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|SK[0-9a-f]{32}\b"
        + @"|glc_[A-Za-z0-9+/=]{32,}|glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|lin_api_[A-Za-z0-9]{40}"
        + @"|NRAK-[A-Z0-9]{27}|sntry[su]_[A-Za-z0-9+/=_]{40,}|AGE-SECRET-KEY-1[A-Z0-9]{58}|PMAK-[a-f0-9]{24}-[a-f0-9]{34}"
        + ")",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Shapes();
}
