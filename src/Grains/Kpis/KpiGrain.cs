using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Journal;

namespace AwoooP.Kpis;

internal sealed class KpiGrain(AggregateServices services, IDurableClock clock) : AggregateGrain<KpiState, KpiEvent>(services), IKpiGrain
{
    public Task<CommandResult> FollowAsync(FollowKpis command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => KpiIndicators.Follow(state, command), cancellationToken);

    public Task<KpiView> GetAsync(CancellationToken cancellationToken) => ReadAsync((state, _) => KpiIndicators.At(state, clock.Now), cancellationToken);
}
