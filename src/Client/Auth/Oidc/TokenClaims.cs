using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>What the claims of a token whose signature fits say (RFC 7519, section 4.1). Pure.</summary>
internal static class TokenClaims
{
    public static TokenRefusal? Check(JsonElement claims, OidcIssuer issuer, TimeSpan skew, DateTimeOffset now)
    {
        if (!Texts(claims, "aud").Contains(issuer.Audience, StringComparer.Ordinal))
            return TokenRefusal.Audience;

        if (Seconds(claims, "exp") is not { } ends)
            return TokenRefusal.NoExpiry;

        // An end is the first moment at which the token is not good any more.
        var (earliest, latest) = (Seconds(now - skew), Seconds(now + skew));
        if (ends <= earliest)
            return TokenRefusal.Expired;

        return IsLater(claims, "nbf", latest) || IsLater(claims, "iat", latest) ? TokenRefusal.NotYet : null;
    }

    /// <summary>What else is asked of a token that answers a sign-in (OpenID Connect Core 1.0, section 3.1.3.7).</summary>
    public static TokenRefusal? CheckSignIn(JsonElement claims, OidcIssuer issuer, string nonce)
    {
        if (!claims.TryGetProperty("nonce", out var told) || told.ValueKind != JsonValueKind.String
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told.GetString()!), Encoding.UTF8.GetBytes(nonce)))
        {
            return TokenRefusal.Nonce;
        }

        // One that is for several must say which of them asked for it.
        var isForUsAlone = Texts(claims, "aud").Take(2).Count() == 1 && !claims.TryGetProperty("azp", out _);
        return isForUsAlone || IssuerDocuments.Text(claims, "azp") == issuer.Audience ? null : TokenRefusal.Audience;
    }

    /// <summary>Who it is, or null when the token names nobody that could be an operator.</summary>
    public static OperatorPrincipal? Principal(JsonElement claims, OidcIssuer issuer, string defaultProject)
    {
        if (!claims.TryGetProperty(issuer.SubjectClaim, out var value) || value.ValueKind != JsonValueKind.String
            || value.GetString() is not { Length: > 0 } subject)
        {
            return null;
        }

        var groups = Texts(claims, issuer.GroupsClaim).ToHashSet(StringComparer.Ordinal);
        var known = issuer.Roles.Select(static binding => binding.Group).OfType<string>().Where(groups.Contains).Distinct(StringComparer.Ordinal);
        var ends = DateTimeOffset.UnixEpoch.AddSeconds(Math.Min(Seconds(claims, "exp") ?? 0, Seconds(DateTimeOffset.MaxValue) - 1));
        return Principal(issuer, OperatorProof.Of(new TokenProof(issuer.Name, subject, [.. known]), ends), defaultProject);
    }

    /// <summary>The same, of somebody whose token was checked before.</summary>
    /// <param name="proof">By a token.</param>
    public static OperatorPrincipal? Principal(OidcIssuer issuer, OperatorProof proof, string defaultProject)
    {
        var token = proof.Token!;
        var operatorId = $"{token.Subject}@{issuer.Name}";
        if (!OperatorIds.IsValid(operatorId) || OperatorIds.IsReserved(operatorId))
            return null;

        var roles = issuer.Roles
            .Where(binding => binding.Subject == token.Subject || (binding.Group is { Length: > 0 } group && token.Groups.Contains(group, StringComparer.Ordinal)))
            .GroupBy(static binding => binding.Project, StringComparer.Ordinal)
            .ToDictionary(static project => project.Key, static project => project.Max(static binding => binding.Role), StringComparer.Ordinal);
        return new OperatorPrincipal(operatorId, AuthMethods.Oidc, OperatorPrincipal.HomeOf(roles, issuer.DefaultProject ?? defaultProject), roles) { Proof = proof, EndsAt = proof.EndsAt };
    }

    private static bool IsLater(JsonElement claims, string name, double latest) => claims.TryGetProperty(name, out _) && !(Seconds(claims, name) <= latest);

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>A NumericDate; null when it is missing, no number, or before 1970.</summary>
    private static double? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
            && double.IsFinite(seconds) && seconds >= 0
            ? seconds
            : null;

    /// <summary>A text, or the texts of an array.</summary>
    private static IEnumerable<string> Texts(JsonElement claims, string name) => !claims.TryGetProperty(name, out var value) ? [] : value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!),
        _ => [],
    };
}
