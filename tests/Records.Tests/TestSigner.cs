using System.Security.Cryptography;
using AwoooP.Audit;
using AwoooP.Journal;

namespace AwoooP.Records.Tests;

/// <summary>Signs with a key of the test's own; knows no other.</summary>
/// <param name="without">The project that it has no key for.</param>
internal sealed class TestSigner(string? without = null) : IAuditSigner
{
    public const string KeyId = "test-1";

    private static readonly byte[] Key = new byte[32];

    public static async Task<AuditSigning> SignAsync(RecordsDatabase database, string projectId, DateTimeOffset? now = null, string? without = null)
    {
        // Projects are found by their aggregates.
        await using var known = database.Superuser.CreateCommand(
            "insert into journal.grain (project_id, grain_type, grain_key, partition, version, state_version, state) values ($1, 'kpi', $1 || '/kpi', 7, 1, 1, '{}') on conflict do nothing");
        known.Parameters.Add(new() { Value = projectId });
        await known.ExecuteNonQueryAsync();

        var signer = new AuditHeadSigner(database.Engine, database.App, new TestSigner(without), new FixedClock(now ?? DateTimeOffset.UnixEpoch.AddYears(60)));
        return await signer.SignAsync(generation: 1, [6, 7, 8], TimeSpan.FromHours(1), CancellationToken.None);
    }

    public ValueTask<AuditSignature?> SignAsync(string projectId, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult<AuditSignature?>(projectId == without ? null : new AuditSignature(KeyId, HMACSHA256.HashData(Key, message.Span)));

    public ValueTask<bool?> CheckAsync(string projectId, ReadOnlyMemory<byte> message, AuditSignature signature, CancellationToken cancellationToken) => ValueTask.FromResult<bool?>(
        signature.KeyId == KeyId ? HMACSHA256.HashData(Key, message.Span).AsSpan().SequenceEqual(signature.Value.Span) : null);

    private sealed class FixedClock(DateTimeOffset now) : IDurableClock
    {
        public DateTimeOffset Now => now;
    }
}
