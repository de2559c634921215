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

    /// <summary>Who it is, or null when the token names nobody that could be an operator.</summary>
    public static OperatorPrincipal? Principal(JsonElement claims, OidcIssuer issuer, string defaultProject)
    {
        if (!claims.TryGetProperty(issuer.SubjectClaim, out var value) || value.ValueKind != JsonValueKind.String
            || value.GetString() is not { Length: > 0 } subject)
        {
            return null;
        }

        var operatorId = $"{subject}@{issuer.Name}";
        if (!OperatorIds.IsValid(operatorId) || OperatorIds.IsReserved(operatorId))
            return null;

        var groups = Texts(claims, issuer.GroupsClaim).ToHashSet(StringComparer.Ordinal);
        var roles = issuer.Roles
            .Where(binding => binding.Subject == subject || (binding.Group is { Length: > 0 } group && groups.Contains(group)))
            .GroupBy(static binding => binding.Project, StringComparer.Ordinal)
            .ToDictionary(static project => project.Key, static project => project.Max(static binding => binding.Role), StringComparer.Ordinal);
        var ends = DateTimeOffset.UnixEpoch.AddSeconds(Math.Min(Seconds(claims, "exp") ?? 0, Seconds(DateTimeOffset.MaxValue) - 1));
        return new OperatorPrincipal(operatorId, AuthMethods.Oidc, issuer.DefaultProject ?? defaultProject, roles) { EndsAt = ends };
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
