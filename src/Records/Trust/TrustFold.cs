using AwoooP.Records.Projecting;
using AwoooP.Trust;

namespace AwoooP.Records;

/// <summary>What each verdict makes of the row of an action pattern. Either verdict may be the first.</summary>
internal static class TrustFold
{
    public static bool Begins(DecodedEvent next) => next.Recorded.Version == 1;

    public static TrustRecord Apply(TrustRecord? row, DecodedEvent next)
    {
        var before = (row ?? new TrustRecord { Key = next.Key, CreatedAt = next.At, UpdatedAt = next.At }) with { UpdatedAt = next.At };
        return next.Data switch
        {
            TrustRaised raised => before with
            {
                Score = raised.Score,
                Approvals = raised.TotalApprovals,
                LastApprovalBy = raised.By,
                LastApprovalAt = next.At,
            },
            TrustReset reset => before with
            {
                Score = 0,
                Rejections = reset.TotalRejections,
                LastRejectionBy = reset.By,
                LastRejectionAt = next.At,
            },
            _ => throw next.Unknown(),
        };
    }
}
