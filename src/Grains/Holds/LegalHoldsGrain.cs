using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Holds;

[GrainType(AggregateTypes.LegalHolds)]
internal sealed class LegalHoldsGrain(AggregateServices services) : AggregateGrain<LegalHolds, LegalHoldEvent>(services), ILegalHoldsGrain
{
    public Task<CommandResult> PlaceAsync(PlaceLegalHold command, CancellationToken cancellationToken) =>
        ExecuteAsync((holds, _) => LegalHoldDecider.Place(holds, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> ReleaseAsync(ReleaseLegalHold command, CancellationToken cancellationToken) =>
        ExecuteAsync((holds, _) => LegalHoldDecider.Release(holds, command, Caller.Actor), cancellationToken);

    public Task<LegalHoldsView> GetAsync(CancellationToken cancellationToken) =>
        ReadAsync(static (holds, version) => new LegalHoldsView(version, holds.Open), cancellationToken);
}
