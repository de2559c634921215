using System.Buffers;
using AwoooP.Audit;
using AwoooP.Journal;

namespace AwoooP.Records;

/// <summary>One row of <c>awooop_audit_head</c>.</summary>
internal sealed record SignedAuditHead(AuditHead Head, AuditSignature Signature)
{
    private const int DigestBytes = 32;

    /// <summary>A head as it is answered or exported; null when its position, hash or signature is none.</summary>
    public static SignedAuditHead? Of(AuditHeadRow row)
    {
        if (!Position.TryParse(row.Position, out var position) || Digest(row.Hash) is not { } hash || Digest(row.Signature) is not { } signature)
            return null;

        var chain = new AuditChain(row.ProjectId, position.Generation, position.Partition);
        return new SignedAuditHead(new AuditHead(chain, new AuditLink(position.Seq, row.ChainNo, hash), row.SignedAt), new AuditSignature(row.KeyId, signature));
    }

    private static byte[]? Digest(string hex)
    {
        var bytes = new byte[DigestBytes];
        return Convert.FromHexString(hex, bytes, out _, out var written) == OperationStatus.Done && written == DigestBytes ? bytes : null;
    }
}
