using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>
/// Knows operators by the tokens of identity providers. What is refused is refused in this order: form, algorithm, extensions, issuer, key,
/// signature, audience, times, subject. Nothing in a token chooses how it is checked, but which of the issuer's keys fits.
/// </summary>
internal sealed class OidcTokens(IOptions<FrontOptions> options, IssuerDocuments documents, TimeProvider time, ILogger<IssuerKeys> logger)
{
    private readonly FrozenDictionary<string, IssuerKeys> _issuers = options.Value.Oidc.Issuers.ToFrozenDictionary(
        static issuer => issuer.Issuer, issuer => new IssuerKeys(issuer, options.Value.Oidc, documents, time, logger), StringComparer.Ordinal);

    /// <summary>Whether any issuer is trusted at all.</summary>
    public bool AreTaken => _issuers.Count > 0;

    /// <returns>Who it is, or why the token is not taken.</returns>
    public async ValueTask<(OperatorPrincipal? Who, TokenRefusal? Refusal)> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        if (CompactToken.Read(text, out var token) is { } unread)
            return (null, unread);

        if (token!.Text("alg") is not (SigningKey.Rs256 or SigningKey.Es256))
            return (null, TokenRefusal.Algorithm);

        if (token.Header.TryGetProperty("crit", out _))
            return (null, TokenRefusal.Critical);

        if (!token.Claims.TryGetProperty("iss", out var iss) || iss.ValueKind != JsonValueKind.String || !_issuers.TryGetValue(iss.GetString()!, out var keys))
            return (null, TokenRefusal.Issuer);

        var (key, noKey) = await keys.FindAsync(token.Text("kid"), token.Text("alg")!, cancellationToken);
        if (key is null)
            return (null, noKey);

        if (!key.Verifies(token.Signed, token.Signature))
            return (null, TokenRefusal.Signature);

        if (TokenClaims.Check(token.Claims, keys.Issuer, options.Value.Oidc.ClockSkew, time.GetUtcNow()) is { } refusal)
            return (null, refusal);

        return TokenClaims.Principal(token.Claims, keys.Issuer, options.Value.DefaultProject) is { } who ? (who, null) : (null, TokenRefusal.Subject);
    }
}
