using System.Buffers;
using System.Text.RegularExpressions;

namespace AwoooP.Redaction;

/// <summary>Tokens and secret addresses of chat services. The shapes are those that the providers publish for secret scanning.</summary>
internal sealed partial class ChatTokens : IDetector
{
    /// <summary>Every shape holds one of these. Case counts.</summary>
    private static readonly SearchValues<string> Anchors = SearchValues.Create(
    [
        "xoxa-", "xoxb-", "xoxe", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-", "hooks.slack.com/", "/api/webhooks/", ":AA", ".webhook.office.com/",
    ], StringComparison.Ordinal);

    public static bool MayHold(ReadOnlySpan<char> text) => text.ContainsAny(Anchors) || MayHoldBotToken(text);

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding) =>
        ProviderShape.TryFind(MayHold(text[from..]) ? Shapes() : null, text, from, out finding);

    /// <summary>A bot token of Discord has no prefix, only two dots with exactly six characters between them.</summary>
    private static bool MayHoldBotToken(ReadOnlySpan<char> text)
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
        + @"xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,}"
        + @"|hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}|discord(?:app)?\.com/api/webhooks/[0-9]{15,}/[A-Za-z0-9_-]{20,}"
        + @"|[a-z0-9-]+\.webhook\.office\.com/webhookb2/[A-Za-z0-9@/_-]{20,}"
        + @"|[0-9]{8,10}:AA[A-Za-z0-9_-]{33}|[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}"
        + ")",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Shapes();
}
