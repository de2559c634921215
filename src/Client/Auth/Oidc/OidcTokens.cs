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
        var (token, issuer, refusal) = await CheckAsync(text, cancellationToken);
        return refusal is null ? PrincipalOf(token!, issuer!) : (null, refusal);
    }

    /// <summary>A token that a provider gave for a sign-in begun here: checked like every other, and besides that it is that provider's and for that sign-in.</summary>
    public async ValueTask<(OperatorPrincipal? Who, TokenRefusal? Refusal)> VerifySignInAsync(
        string text, OidcIssuer provider, string nonce, CancellationToken cancellationToken)
    {
        var (token, issuer, refusal) = await CheckAsync(text, cancellationToken);
        refusal ??= issuer!.Issuer == provider.Issuer ? TokenClaims.CheckSignIn(token!.Claims, provider, nonce) : TokenRefusal.Issuer;
        return refusal is null ? PrincipalOf(token!, provider) : (null, refusal);
    }

    private async ValueTask<(CompactToken? Token, OidcIssuer? Issuer, TokenRefusal? Refusal)> CheckAsync(string text, CancellationToken cancellationToken)
    {
        if (CompactToken.Read(text, out var token) is { } unread)
            return (null, null, unread);

        if (token!.Text("alg") is not (IssuerKey.Rs256 or IssuerKey.Es256))
            return (null, null, TokenRefusal.Algorithm);

        if (token.Header.TryGetProperty("crit", out _))
            return (null, null, TokenRefusal.Critical);

        if (!token.Claims.TryGetProperty("iss", out var iss) || iss.ValueKind != JsonValueKind.String || !_issuers.TryGetValue(iss.GetString()!, out var keys))
            return (null, null, TokenRefusal.Issuer);

        var (key, noKey) = await keys.FindAsync(token.Text("kid"), token.Text("alg")!, cancellationToken);
        if (key is null)
            return (null, null, noKey);

        if (!key.Verifies(token.Signed, token.Signature))
            return (null, null, TokenRefusal.Signature);

        return (token, keys.Issuer, TokenClaims.Check(token.Claims, keys.Issuer, options.Value.Oidc.ClockSkew, time.GetUtcNow()));
    }

    private (OperatorPrincipal? Who, TokenRefusal? Refusal) PrincipalOf(CompactToken token, OidcIssuer issuer) =>
        TokenClaims.Principal(token.Claims, issuer, options.Value.DefaultProject) is { } who ? (who, null) : (null, TokenRefusal.Subject);
}
