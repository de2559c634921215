using AwoooP.Aggregates;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Time;

namespace AwoooP.Grains.Tests.Budgets;

/// <summary>One account told on its pure core: what is decided is applied, and time moves when a test moves it.</summary>
internal sealed class AccountTale(string account = BudgetAccount.Project, BudgetPlan? plan = null)
{
    /// <summary>16:00 in Taipei.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset Midnight = new(2026, 1, 15, 16, 0, 0, TimeSpan.Zero);

    public static readonly ModelCall Call = new("planner", "local", "small-1", Plans.RunId, "INC-20260115-000001");

    public static BudgetPlan TenADay => new() { Day = new Allowance(10m, 1000), Month = new Allowance(100m) };

    public BudgetTerms Terms { get; } = new(account, plan ?? TenADay, PlatformZone.Default);

    public Budget State { get; private set; } = Budget.Initial;

    public DateTimeOffset Now { get; set; } = Start;

    public PeriodTotal Day => Terms.TotalAt(State, BudgetPeriod.Day, Now);

    public static Guid Id(int call) => new(call, 0, 0, new byte[8]);

    public Decision<BudgetEvent> Set(BudgetPlan changed) => Play(BudgetDecider.Set(State, Terms, new SetBudget(changed, "A busy day."), "ann", Now));

    /// <summary>A call that is over in a minute. The limits are told to accounts that have none of their own.</summary>
    public Decision<BudgetEvent> Reserve(int call, decimal usd, long tokens = 0, Allowance? limits = null) => Play(BudgetDecider.Reserve(
        State, Terms, new ReserveSpending(Id(call), new Spending(usd, tokens), Now.AddMinutes(1), Call, Terms.IsProject ? null : limits ?? new Allowance(10m, 1000)), Now));

    public Decision<BudgetEvent> Settle(int call, decimal usd, int tokens = 0) =>
        Play(BudgetDecider.Settle(State, Terms, new SettleSpending(Id(call), new Spending(usd, tokens), tokens, 0, Call), Now));

    public Decision<BudgetEvent> Release(int call) => Play(BudgetDecider.Release(State, Terms, new ReleaseSpending(Id(call), "connection_failed"), Now));

    public Decision<BudgetEvent> Wake() => Play(BudgetDecider.Wake(State, Terms, Now));

    /// <summary>A call from its reservation to its settlement.</summary>
    public Decision<BudgetEvent> Spend(int call, decimal usd)
    {
        Reserve(call, usd).Refusal.ShouldBeNull();
        return Settle(call, usd);
    }

    public Refusal RefusalOf(ReserveSpending command) => BudgetDecider.Reserve(State, Terms, command, Now).Refusal.ShouldNotBeNull();

    private Decision<BudgetEvent> Play(Decision<BudgetEvent> decision)
    {
        State = decision.Events.Aggregate(State, (state, raised) => state.Apply(raised, Now));
        return decision;
    }
}
