using AwoooP.Client.Auth.Oidc;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth;

/// <summary>Who a proof stands for now: a key and its secret as the key's grain has them, a token's roles as the settings give them.</summary>
internal sealed class ProvenOperators(OperatorKeyDirectory keys, IOptions<FrontOptions> options, TimeProvider time)
{
    /// <summary>Null when the proof is good no more.</summary>
    public async ValueTask<OperatorPrincipal?> FindAsync(OperatorProof proof, CancellationToken cancellationToken)
    {
        if (proof.EndsAt <= time.GetUtcNow())
            return null;

        if (proof.Token is { } token)
        {
            var issuer = options.Value.Oidc.Issuers.FirstOrDefault(known => known.Name == token.Issuer);
            return issuer is null ? null : TokenClaims.Principal(issuer, proof, options.Value.DefaultProject);
        }

        return proof.Key is { } key
            && await keys.FindValidAsync(key.KeyId, cancellationToken) is { } known
            && key.Of(known) is { } secret
            && keys.Refusal(known, secret) is null
            ? OperatorPrincipal.Of(known, secret, proof)
            : null;
    }
}
