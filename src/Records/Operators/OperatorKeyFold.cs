using AwoooP.Operators;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>What each event of an operator key makes of its row.</summary>
internal static class OperatorKeyFold
{
    public static bool Begins(DecodedEvent next) => next.Data is OperatorKeyIssued;

    public static OperatorKeyRecord Apply(OperatorKeyRecord? row, DecodedEvent next) => next.Data switch
    {
        OperatorKeyIssued issued => new OperatorKeyRecord
        {
            Key = next.Key,
            OperatorId = issued.OperatorId,
            DefaultProject = issued.DefaultProject,
            Scope = issued.Scope,
            IssuedAt = next.At,
            IssuedBy = issued.By,
            ExpiresAt = issued.ExpiresAt,
        },
        OperatorKeyRotated rotated => row! with { RotatedAt = next.At, PreviousUntil = rotated.PreviousUntil },
        OperatorKeyUsed => row! with { LastUsedAt = next.At },
        OperatorKeyRevoked revoked => row! with { RevokedAt = next.At, RevokedBy = revoked.By, RevokedReason = revoked.Reason },
        _ => throw next.Unknown(),
    };
}
