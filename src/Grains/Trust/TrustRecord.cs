using AwoooP.Aggregates;

namespace AwoooP.Trust;

/// <summary>The decisions of a trust record. Pure. It has no states: trust is counted from the first verdict on.</summary>
internal static class TrustRecord
{
    public static Decision<TrustEvent> RecordVerdict(TrustState state, RecordVerdict command) => command.Approved
        ? Decision<TrustEvent>.Of(new TrustRaised(command.ActionPattern, state.Score + 1, state.TotalApprovals + 1, command.By))
        : Decision<TrustEvent>.Of(new TrustReset(command.ActionPattern, state.TotalRejections + 1, command.By));
}
