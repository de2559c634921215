using System.Buffers;
using System.Text.RegularExpressions;

namespace AwoooP.Redaction;

/// <summary>Tokens that tell by their shape whose they are: cloud, source hosting, package registries, chat, model and other service providers. The shapes are those that the providers publish for secret scanning.</summary>
internal sealed partial class ProviderTokens : IDetector
{
    /// <summary>Every shape holds one of these. Case counts.</summary>
    public static readonly string[] Anchors =
    [
        "AKIA", "ASIA", "ABIA", "ACCA", "AIza", "ya29.", "GOCSPX-", "8Q~", "do_v1_", "dop_v1_", "doo_v1_", "dor_v1_", "LTAI", "AKID", "FlyV1 ", "HRKU-",
        "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glagent-", "ATBB", "ATATT3",
        "npm_", "pypi-AgE", "oy2", "rubygems_", "dckr_pat_", "dckr_oat_", "xoxa-", "xoxb-", "xoxe", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-",
        "hooks.slack.com/", "/api/webhooks/", ":AA", ".webhook.office.com/", "sk-", "hf_", "gsk_", "xai-", "r8_", "pplx-", "nvapi-",
        "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", "SG.", "SK", "hvs.", "hvb.", "hvr.", "glc_", "glsa_", "dapi", ".atlasv1.", "shpat_", "shpca_", "shppa_", "shpss_",
        "lin_api_", "NRAK-", "sntrys_", "sntryu_", "AGE-SECRET-KEY-1", "dp.pt.", "pul-", "PMAK-",
    ];

    private static readonly SearchValues<string> AnchorSearch = SearchValues.Create(Anchors, StringComparison.Ordinal);

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding)
    {
        if (text[from..].IndexOfAny(AnchorSearch) >= 0 || MayHoldBotToken(text[from..]))
        {
            foreach (var match in Shapes().EnumerateMatches(text, from))
            {
                finding = new Finding(match.Index, match.Index + match.Length, RedactionKind.ProviderToken);
                return true;
            }
        }

        finding = default;
        return false;
    }

    /// <summary>Two dots with exactly six characters between them, the one mark of a bot token of Discord.</summary>
    internal static bool MayHoldBotToken(ReadOnlySpan<char> text)
    {
        const int shortest = 58;
        if (text.Length < shortest)
            return false;
        for (var at = 0; at + 7 < text.Length; at++)
        {
            var found = text[at..^7].IndexOf('.');
            if (found < 0)
                return false;
            at += found;
            if (text[at + 7] == '.' && at >= 24)
                return true;
        }

        return false;
    }

    [GeneratedRegex(
        @"\b(?:"
        + @"A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}\b"
        + @"|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{28}"
        + @"|[A-Za-z0-9_.-]{3}8Q~[A-Za-z0-9_~.-]{31,34}"
        + @"|do[opr]?_v1_[a-f0-9]{64}|LTAI[A-Za-z0-9]{16,20}\b|AKID[A-Za-z0-9]{32}|FlyV1 fm[0-9]_[A-Za-z0-9+/=_,-]{20,}|HRKU-[A-Za-z0-9_-]{36,}"
        + @"|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}"
        + @"|gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[A-Za-z0-9_.-]{20,}|ATBB[A-Za-z0-9]{28,}|ATATT3[A-Za-z0-9_=-]{20,}"
        + @"|npm_[A-Za-z0-9]{36}|pypi-AgE[A-Za-z0-9_-]{20,}|oy2[a-z0-9]{43}\b|rubygems_[a-f0-9]{48}|dckr_[po]at_[A-Za-z0-9_-]{20,}"
        + @"|xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,}"
        + @"|hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}|discord(?:app)?\.com/api/webhooks/[0-9]{15,}/[A-Za-z0-9_-]{20,}"
        + @"|[a-z0-9-]+\.webhook\.office\.com/webhookb2/[A-Za-z0-9@/_-]{20,}"
        + @"|[0-9]{8,10}:AA[A-Za-z0-9_-]{33}|[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}"
        + @"|sk-(?:[A-Za-z0-9]{20,}|(?:proj|svcacct|admin|ant|or|None|lf)-[A-Za-z0-9_-]{16,})"
        + @"|hf_[A-Za-z0-9]{30,}|gsk_[A-Za-z0-9]{40,}|xai-[A-Za-z0-9]{40,}|r8_[A-Za-z0-9]{37}|pplx-[A-Za-z0-9]{40,}|nvapi-[A-Za-z0-9_-]{40,}"
        + @"|[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{24,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|SK[0-9a-f]{32}\b"
        + @"|hv[sbr]\.[A-Za-z0-9_-]{20,}|glc_[A-Za-z0-9+/=]{32,}|glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|dapi[a-f0-9]{32}"
        + @"|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{40,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|lin_api_[A-Za-z0-9]{40}"
        + @"|NRAK-[A-Z0-9]{27}|sntry[su]_[A-Za-z0-9+/=_]{40,}|AGE-SECRET-KEY-1[A-Z0-9]{58}|dp\.pt\.[A-Za-z0-9]{40,}|pul-[a-f0-9]{40}|PMAK-[a-f0-9]{24}-[a-f0-9]{34}"
        + ")",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Shapes();
}
