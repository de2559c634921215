using AwoooP.Holds;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>What each event of a project's legal holds makes of the row of the hold that it is about.</summary>
internal static class LegalHoldFold
{
    public static bool Begins(DecodedEvent next) => next.Data is LegalHoldPlaced;

    /// <summary>A row is one hold's.</summary>
    public static AggregateKey KeyOf(DecodedEvent next) => new(next.ProjectId, next.Data switch
    {
        LegalHoldPlaced placed => placed.HoldId.ToString("D"),
        LegalHoldReleased released => released.HoldId.ToString("D"),
        _ => throw next.Unknown(),
    });

    public static LegalHoldRecord Apply(LegalHoldRecord? row, DecodedEvent next) => next.Data switch
    {
        LegalHoldPlaced placed => new LegalHoldRecord
        {
            ProjectId = next.ProjectId,
            HoldId = placed.HoldId,
            IncidentId = placed.IncidentId,
            Reason = placed.Reason,
            PlacedBy = placed.By,
            PlacedAt = next.At,
        },
        LegalHoldReleased released => row! with { ReleasedBy = released.By, ReleasedAt = next.At, ReleaseReason = released.Reason },
        _ => throw next.Unknown(),
    };
}
