using System.Security.Cryptography;
using System.Text;
using AwoooP.Audit;
using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Audit;

/// <summary>Signs with the configured key or, without one, with this machine's own. Keys are read anew for each use: the resolver remembers them for a minute.</summary>
internal sealed class AuditSigner(SecretResolver secrets, IOptions<AuditKeyOptions> options) : IAuditSigner
{
    private const int MinKeyBytes = 32;

    public async ValueTask<AuditSignature> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var (id, key) = await SigningKeyAsync(cancellationToken);
        return new AuditSignature(id, Sign(id, key, message.Span));
    }

    public async ValueTask<bool?> CheckAsync(ReadOnlyMemory<byte> message, AuditSignature signature, CancellationToken cancellationToken) =>
        await FindAsync(signature.KeyId, cancellationToken) is { } key
            ? CryptographicOperations.FixedTimeEquals(Sign(signature.KeyId, key, message.Span), signature.Value.Span)
            : null;

    private async ValueTask<(string Id, byte[] Key)> SigningKeyAsync(CancellationToken cancellationToken)
    {
        var configured = options.Value;
        if ((configured.SigningKey ?? configured.Keys.Keys.SingleOrDefault()) is { } id)
            return (id, await ResolveAsync(id, configured.Keys[id], cancellationToken));

        var path = configured.KeyFile ?? throw new InvalidOperationException("There is no key for audit heads: set Integrations:Audit:Keys.");
        var local = await LocalAuditKey.ReadAsync(path, cancellationToken) ?? await LocalAuditKey.MakeAsync(path, cancellationToken);
        return (LocalAuditKey.IdOf(local), local);
    }

    private async ValueTask<byte[]?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (options.Value.Keys.TryGetValue(id, out var reference))
            return await ResolveAsync(id, reference, cancellationToken);

        return options.Value.KeyFile is { } path && await LocalAuditKey.ReadAsync(path, cancellationToken) is { } local && LocalAuditKey.IdOf(local) == id
            ? local
            : null;
    }

    private async ValueTask<byte[]> ResolveAsync(string id, string reference, CancellationToken cancellationToken)
    {
        var key = Encoding.UTF8.GetBytes(await secrets.ResolveAsync(reference, cancellationToken));
        return key.Length >= MinKeyBytes ? key : throw new InvalidOperationException($"The audit key {id} is shorter than {MinKeyBytes} bytes.");
    }

    /// <summary>The id is part of what is signed: a head cannot be passed off as another key's.</summary>
    private static byte[] Sign(string id, byte[] key, ReadOnlySpan<byte> message)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(id));
        hmac.AppendData([0]);
        hmac.AppendData(message);
        return hmac.GetHashAndReset();
    }
}
