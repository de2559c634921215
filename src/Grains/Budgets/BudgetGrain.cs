using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Time;
using Microsoft.Extensions.Options;

namespace AwoooP.Budgets;

[GrainType(AggregateTypes.Budget)]
internal sealed class BudgetGrain(AggregateServices services, IDurableClock clock, PlatformZone zone, IOptions<BudgetOptions> options)
    : AggregateGrain<Budget, BudgetEvent>(services), IBudgetGrain
{
    private BudgetTerms Terms => field ??= new BudgetTerms(Id.LocalKey, options.Value.ToPlan(), zone);

    public Task<CommandResult> SetAsync(SetBudget command, CancellationToken cancellationToken) =>
        ExecuteAsync((budget, now) => BudgetDecider.Set(budget, Terms, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> ReserveAsync(ReserveSpending command, CancellationToken cancellationToken) =>
        ExecuteAsync((budget, now) => BudgetDecider.Reserve(budget, Terms, command, now), cancellationToken);

    public async Task<CommandResult> SettleAsync(SettleSpending command, CancellationToken cancellationToken)
    {
        var before = Version;
        var result = await ExecuteAsync((budget, now) => BudgetDecider.Settle(budget, Terms, command, now), cancellationToken);

        // The other accounts tell of the same money once more, and a repeat of none.
        if (Terms.IsProject && Version > before)
            BudgetTelemetry.Settled(command.Actual);
        return result;
    }

    public Task<CommandResult> ReleaseAsync(ReleaseSpending command, CancellationToken cancellationToken) =>
        ExecuteAsync((budget, now) => BudgetDecider.Release(budget, Terms, command, now), cancellationToken);

    public Task<BudgetView> GetAsync(CancellationToken cancellationToken) =>
        ReadAsync((budget, version) => BudgetViews.Of(budget, Terms, version, clock.Now), cancellationToken);

    /// <summary>Either finds whatever is due.</summary>
    protected override Decision<BudgetEvent> OnWake(Budget state, string name, DateTimeOffset dueAt, DateTimeOffset now) => name switch
    {
        BudgetWakes.Expire or BudgetWakes.Reopen => BudgetDecider.Wake(state, Terms, now),
        _ => throw new InvalidOperationException($"A budget has no wake-up '{name}'."),
    };
}
