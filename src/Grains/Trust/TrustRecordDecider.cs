using AwoooP.Aggregates;

namespace AwoooP.Trust;

/// <summary>The decisions of a trust record. Pure. It has no states: trust is counted from the first verdict on.</summary>
internal static class TrustRecordDecider
{
    public static Decision<TrustEvent> RecordVerdict(TrustRecord record, string actionPattern, RecordVerdict command) => command.Approved
        ? Decision<TrustEvent>.Of(new TrustRaised(actionPattern, record.Score + 1, record.TotalApprovals + 1, command.By))
        : Decision<TrustEvent>.Of(new TrustReset(actionPattern, record.TotalRejections + 1, command.By));
}
