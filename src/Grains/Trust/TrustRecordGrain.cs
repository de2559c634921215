using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Trust;

internal sealed class TrustRecordGrain(AggregateServices services) : AggregateGrain<TrustState, TrustEvent>(services), ITrustRecordGrain
{
    public Task<CommandResult> RecordVerdictAsync(RecordVerdict command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => TrustRecord.RecordVerdict(state, command with { ActionPattern = Id.LocalKey }), cancellationToken);

    public Task<TrustView> GetAsync(CancellationToken cancellationToken) => ReadAsync(
        (state, version) => new TrustView(version, Id.LocalKey, state.Score, state.TotalApprovals, state.TotalRejections), cancellationToken);
}
