using System.Security.Cryptography;
using AwoooP.Audit;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>Signs with a key of the tests' own.</summary>
internal sealed class StubSigner : IAuditSigner
{
    private static readonly byte[] Key = new byte[32];

    public ValueTask<AuditSignature?> SignAsync(string projectId, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult<AuditSignature?>(new AuditSignature("stub", HMACSHA256.HashData(Key, message.Span)));

    public ValueTask<bool?> CheckAsync(string projectId, ReadOnlyMemory<byte> message, AuditSignature signature, CancellationToken cancellationToken) =>
        ValueTask.FromResult<bool?>(HMACSHA256.HashData(Key, message.Span).AsSpan().SequenceEqual(signature.Value.Span));
}
