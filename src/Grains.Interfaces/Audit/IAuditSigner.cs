namespace AwoooP.Audit;

/// <summary>Signs and checks the heads of the audit chains, with keys that never leave it.</summary>
public interface IAuditSigner
{
    /// <returns>Null when there is no key for the project, or it cannot be read now.</returns>
    ValueTask<AuditSignature?> SignAsync(string projectId, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Whether the signature is that of the message; null when this process does not have the key, or not for this project.</summary>
    ValueTask<bool?> CheckAsync(string projectId, ReadOnlyMemory<byte> message, AuditSignature signature, CancellationToken cancellationToken);
}

/// <param name="KeyId">Which key made it.</param>
/// <param name="Value">HMAC-SHA-256 over the key's id and the message.</param>
public sealed record AuditSignature(string KeyId, ReadOnlyMemory<byte> Value);
