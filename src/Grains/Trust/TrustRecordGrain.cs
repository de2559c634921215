using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Trust;

[GrainType(AggregateTypes.Trust)]
internal sealed class TrustRecordGrain(AggregateServices services) : AggregateGrain<TrustRecord, TrustEvent>(services), ITrustRecordGrain
{
    public Task<CommandResult> RecordVerdictAsync(RecordVerdict command, CancellationToken cancellationToken) =>
        ExecuteAsync((record, _) => TrustRecordDecider.RecordVerdict(record, Id.LocalKey, command), cancellationToken);

    public Task<TrustView> GetAsync(CancellationToken cancellationToken) => ReadAsync(
        (record, version) => new TrustView(version, Id.LocalKey, record.Score, record.TotalApprovals, record.TotalRejections), cancellationToken);
}
