using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Journal;

namespace AwoooP.Kpis;

internal sealed class KpiGrain(AggregateServices services, IDurableClock clock) : AggregateGrain<Kpi, KpiEvent>(services), IKpiGrain
{
    public Task<CommandResult> FollowAsync(FollowKpis command, CancellationToken cancellationToken) =>
        ExecuteAsync((kpi, _) => KpiIndicators.Follow(kpi, command), cancellationToken);

    public Task<KpiView> GetAsync(CancellationToken cancellationToken) => ReadAsync((kpi, _) => KpiIndicators.At(kpi, clock.Now), cancellationToken);
}
