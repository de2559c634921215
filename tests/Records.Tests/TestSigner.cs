using System.Security.Cryptography;
using AwoooP.Audit;
using AwoooP.Journal;

namespace AwoooP.Records.Tests;

/// <summary>Signs with a key of the test's own; knows no other.</summary>
internal sealed class TestSigner : IAuditSigner
{
    public const string KeyId = "test-1";

    private static readonly byte[] Key = new byte[32];

    public static async Task<int> SignAsync(RecordsDatabase database, string projectId, DateTimeOffset? now = null)
    {
        // Projects are found by their aggregates.
        await using var known = database.Superuser.CreateCommand(
            "insert into journal.grain (project_id, grain_type, grain_key, partition, version, state_version, state) values ($1, 'kpi', $1 || '/kpi', 7, 1, 1, '{}') on conflict do nothing");
        known.Parameters.Add(new() { Value = projectId });
        await known.ExecuteNonQueryAsync();

        var signer = new AuditHeadSigner(database.Engine, database.App, new TestSigner(), new FixedClock(now ?? DateTimeOffset.UnixEpoch.AddYears(60)));
        return await signer.SignAsync(generation: 1, [6, 7, 8], TimeSpan.FromHours(1), CancellationToken.None);
    }

    public ValueTask<AuditSignature> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new AuditSignature(KeyId, HMACSHA256.HashData(Key, message.Span)));

    public ValueTask<bool?> CheckAsync(ReadOnlyMemory<byte> message, AuditSignature signature, CancellationToken cancellationToken) => ValueTask.FromResult<bool?>(
        signature.KeyId == KeyId ? HMACSHA256.HashData(Key, message.Span).AsSpan().SequenceEqual(signature.Value.Span) : null);

    private sealed class FixedClock(DateTimeOffset now) : IDurableClock
    {
        public DateTimeOffset Now => now;
    }
}
