using System.Text;
using AwoooP.Audit;
using AwoooP.Integrations.Signing;

namespace AwoooP.Integrations.Audit;

/// <summary>Signs with the first key of a project, and checks with all of them.</summary>
internal sealed class AuditSigner(SigningKeys keys) : IAuditSigner
{
    public async ValueTask<AuditSignature?> SignAsync(string projectId, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        // A first key that cannot be read is not passed over: the next may be on its way out.
        var key = (await keys.ReadAsync(SigningOptions.Audit, cancellationToken)).FirstOrDefault(candidate => candidate.Serves(projectId));
        return key is { CanBeRead: true } ? new AuditSignature(key.KeyId, key.Sign(Signed(key.KeyId, message))) : null;
    }

    public async ValueTask<bool?> CheckAsync(string projectId, ReadOnlyMemory<byte> message, AuditSignature signature, CancellationToken cancellationToken)
    {
        var key = (await keys.ReadAsync(SigningOptions.Audit, cancellationToken))
            .FirstOrDefault(candidate => candidate.KeyId == signature.KeyId && candidate.Serves(projectId));
        return key is { CanBeRead: true } ? key.Matches(Signed(key.KeyId, message), signature.Value.Span) : null;
    }

    /// <summary>The id is part of it: a head cannot be passed off as another key's.</summary>
    private static byte[] Signed(string keyId, ReadOnlyMemory<byte> message) => [.. Encoding.UTF8.GetBytes(keyId), 0, .. message.Span];
}
