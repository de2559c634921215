using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AwoooP.Redaction;

/// <summary>
/// Takes secrets and personal data out of a text before it is stored, shown, logged or sent: nine patterns, each replaced by <c>[REDACTED:{kind}]</c>.
/// Safe for all threads. A text without a finding comes back as the same object; one without even an anchor of a secret costs no allocation. Applying it twice changes nothing.
/// </summary>
public static class Redactor
{
    /// <summary>Which set of patterns it is, for what is sent on with it. It grows when what is found changes.</summary>
    public const int Version = 1;

    /// <summary>In characters. What lies behind is not examined and therefore not kept.</summary>
    public const int MaxLength = 1 << 18;

    /// <summary>A replacement can bring two neighbours together so that a further pass finds more; three passes are the most seen.</summary>
    private const int MaxPasses = 8;

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Redact(string? text)
    {
        if (text is null || text.Length < Anchors.ShortestSecret)
            return text;
        if (text.Length > MaxLength)
            return Settle(text[..CutBefore(text, MaxLength)]) + Marker.For(RedactionKind.Unexamined);
        return Anchors.MayHoldSecret(text) ? Settle(text) : text;
    }

    /// <summary>
    /// Redacts the value of a label, an annotation or a field: whole when its <paramref name="name"/> names a secret
    /// (<c>password</c>, <c>api_token</c>, ...), else by what it holds.
    /// </summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static string? Redact(ReadOnlySpan<char> name, string? value)
    {
        if (string.IsNullOrEmpty(value) || !SecretNames.Contains(name))
            return Redact(value);
        return SecretValues.IsHarmless(value, name) ? Redact(value) : Marker.For(RedactionKind.Secret);
    }

    /// <summary>Whether the value under such a name is a secret whatever it looks like; for callers that meet the same names again and again.</summary>
    public static bool NamesSecret(ReadOnlySpan<char> name) => SecretNames.Contains(name);

    private static string Settle(string text)
    {
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var next = Pass(text);
            if (ReferenceEquals(next, text))
                return text;
            text = next;
        }

        // Only a text made for the purpose gets here. Nothing of it is kept, rather than something of which we are not sure.
        return Marker.For(RedactionKind.Unexamined);
    }

    /// <summary>The order matters: what is whole in an early pattern would be found in pieces by a later one.</summary>
    private static string Pass(string text)
    {
        text = Apply<PrivateKeys>(text);
        text = Apply<UrlPasswords>(text);
        text = Apply<NamedSecrets>(text);
        text = Apply<JsonWebTokens>(text);
        text = Apply<AuthorizationValues>(text);
        text = Apply<CloudTokens>(text);
        text = Apply<SourceHostingTokens>(text);
        text = Apply<ChatTokens>(text);
        text = Apply<ServiceTokens>(text);
        text = Apply<EmailAddresses>(text);
        text = Apply<PaymentCards>(text);
        text = Apply<NationalIds>(text);
        return Apply<PhoneNumbers>(text);
    }

    private static string Apply<TDetector>(string text)
        where TDetector : IDetector
    {
        if (!TDetector.TryFind(text, 0, out var finding))
            return text;
        var result = new StringBuilder(text.Length + 32);
        var kept = 0;
        do
        {
            result.Append(text, kept, finding.Start - kept).Append(Marker.For(finding.Kind));
            kept = finding.End;
        }
        while (kept < text.Length && TDetector.TryFind(text, kept, out finding));
        return result.Append(text, kept, text.Length - kept).ToString();
    }

    private static int CutBefore(string text, int length) => char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
