using AwoooP.Budgets;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Time;
using FsCheck;
using FsCheck.Fluent;
using BudgetHistory = AwoooP.Grains.Tests.Harness.History<AwoooP.Budgets.Budget, AwoooP.Budgets.BudgetEvent>;
using BudgetMove = AwoooP.Grains.Tests.Harness.Move<AwoooP.Budgets.Budget, AwoooP.Budgets.BudgetEvent>;

namespace AwoooP.Grains.Tests.Budgets;

/// <summary>
/// Random histories of calls that begin, end, get lost and come late, in any order, while people change the limits. That the state is the fold of the log
/// and the same after a snapshot is checked for every aggregate (<see cref="History{TState, TEvent}"/>).
/// </summary>
public sealed class BudgetHistoryTests
{
    private const int Calls = 40;

    [Fact]
    public void GivenAnyHistoryOfAProject_WhenPlayed_ThenTheInvariantsHold()
    {
        var seen = Play(BudgetAccount.Project);

        seen.ShouldBe(
            [typeof(BudgetSet), typeof(BudgetPeriodBegun), typeof(SpendingReserved), typeof(SpendingSettled), typeof(SpendingReleased), typeof(ReservationExpired),
             typeof(BudgetThresholdReached), typeof(BudgetKilled), typeof(BudgetReopened)],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("agent:planner")]
    [InlineData("run:01990000-0000-7000-8000-000000000001")]
    public void GivenAnyHistoryOfAnotherAccount_WhenPlayed_ThenTheInvariantsHold(string account)
    {
        var seen = Play(account);

        seen.ShouldContain(typeof(ReservationExpired));
        seen.ShouldContain(typeof(BudgetThresholdReached));
        seen.ShouldNotContain(typeof(BudgetSet));
        seen.ShouldNotContain(typeof(BudgetKilled));
    }

    /// <returns>The types of events that there were.</returns>
    private static HashSet<Type> Play(string account)
    {
        var terms = new BudgetTerms(account, AccountTale.TenADay, PlatformZone.Default);
        var seen = new HashSet<Type>();
        (BudgetHistory? History, AccountBook Book) current = (null, new AccountBook(terms));
        Histories.Hold(Reserve(terms), Moves(terms), history =>
        {
            if (!ReferenceEquals(current.History, history))
                current = (history, new AccountBook(terms));

            current.Book.Enter(history.Decision.Events, history.Now);
            seen.UnionWith(history.Decision.Events.Select(static raised => raised.GetType()));
            Check(history, current.Book, terms);
        });
        return seen;
    }

    private static void Check(BudgetHistory history, AccountBook book, BudgetTerms terms)
    {
        var state = history.State;
        state.Reserved.ShouldBe(book.Reserved);
        foreach (var period in terms.Periods)
        {
            var total = terms.TotalAt(state, period, history.Now);
            total.Spent.ShouldBe(book.SpentIn(period, total.Key));
            total.Reached.ShouldBe(history.Events.OfType<BudgetThresholdReached>()
                .Where(reached => reached.Period == period && reached.PeriodKey == total.Key).Select(static reached => reached.Threshold).DefaultIfEmpty().Max());
            if (history.Decision.Events.Any(static raised => raised is SpendingReserved))
                ShouldFit(total.Spent + state.Reserved, terms.LimitsOf(state, period));
        }

        // Each threshold once a period, and in their order.
        foreach (var told in history.Events.OfType<BudgetThresholdReached>().GroupBy(static reached => (reached.Period, reached.PeriodKey)))
            told.Select(static reached => reached.Threshold).ShouldBe(((int[])[80, 95, 100]).Take(told.Count()));

        history.Wakes.Contains(BudgetWakes.Expire).ShouldBe(!state.Open.IsEmpty);
        history.Wakes.Contains(BudgetWakes.Reopen).ShouldBe(state.Kill is not null);
        if (terms.IsProject)
            CheckKill(history, terms);
    }

    private static void CheckKill(BudgetHistory history, BudgetTerms terms)
    {
        if (history.Before.Kill is { } kill && history.Now < kill.Until)
            history.Decision.Events.ShouldNotContain(static raised => raised is SpendingReserved);

        // Nothing is judged where nothing happens; a decision leaves no account open that is used up.
        if (!history.Decision.Events.IsEmpty && terms.Periods.Any(period => IsUsedUp(terms.TotalAt(history.State, period, history.Now), terms.LimitsOf(history.State, period))))
            history.State.Kill.ShouldNotBeNull();
    }

    private static bool IsUsedUp(PeriodTotal total, Allowance limits) =>
        (total.Spent.Usd > 0 && total.Spent.Usd >= limits.Usd) || (total.Spent.Tokens > 0 && total.Spent.Tokens >= limits.Tokens);

    private static void ShouldFit(Spending all, Allowance limits)
    {
        all.Usd.ShouldBeLessThanOrEqualTo(limits.Usd ?? decimal.MaxValue);
        all.Tokens.ShouldBeLessThanOrEqualTo(limits.Tokens ?? long.MaxValue);
    }

    private static Gen<BudgetMove> Reserve(BudgetTerms terms) =>
        (from call in Gen.Choose(1, Calls)
         from usd in Gen.Elements(0m, 0.5m, 2m, 3.3333m)
         from tokens in Gen.Elements(0L, 90L, 250L)
         from limit in Gen.Elements(5m, 10m, 10m, 20m)
         select (Call: call, Estimate: new Spending(usd, tokens), Limit: limit))
        .Move<Budget, BudgetEvent, (int Call, Spending Estimate, decimal Limit)>(
            (budget, command, now) => BudgetDecider.Reserve(
                budget,
                terms,
                new ReserveSpending(
                    AccountTale.Id(command.Call), command.Estimate, now.AddMinutes(1), AccountTale.Call, terms.IsProject ? null : new Allowance(command.Limit, 1000)),
                now),
            0, 0, 0, 1);

    /// <summary>Of a call that is under way, mostly: it costs less than, as much as, or more than it was to.</summary>
    private static Gen<BudgetMove> Settle(BudgetTerms terms) =>
        (from call in Gen.Choose(1, Calls)
         from percent in Gen.Elements(0, 50, 100, 100, 130)
         select (Call: call, Percent: percent))
        .Move<Budget, BudgetEvent, (int Call, int Percent)>(
            (budget, command, now) => BudgetDecider.Settle(budget, terms, SettlementOf(budget, command.Call, command.Percent), now),
            0, 0, 1);

    private static Gen<BudgetMove> Moves(BudgetTerms terms) => Gen.Frequency(
        (10, Reserve(terms)),
        (10, Settle(terms)),
        (2, Gen.Choose(1, Calls).Move<Budget, BudgetEvent, int>(
            (budget, call, now) => BudgetDecider.Release(budget, terms, new ReleaseSpending(Nth(budget, call), "never sent"), now), 0, 1)),
        (3, Gen.Constant("wake").Move<Budget, BudgetEvent, string>((budget, _, now) => BudgetDecider.Wake(budget, terms, now), 0, 2, 12)),
        (1, Gen.Constant("long after").Move<Budget, BudgetEvent, string>((budget, _, now) => BudgetDecider.Wake(budget, terms, now), 300, 900, 15_000)),
        (2, Gen.Elements(4m, 10m, 25m).Move<Budget, BudgetEvent, decimal>(
            (budget, limit, now) => BudgetDecider.Set(
                budget, terms, new SetBudget(new BudgetPlan { Day = new Allowance(limit, 1000), Month = new Allowance(4 * limit) }, "Another limit."), "ann", now))));

    private static SettleSpending SettlementOf(Budget budget, int call, int percent)
    {
        var id = Nth(budget, call);
        var estimate = (budget.Open.GetValueOrDefault(id) ?? budget.FindCharged(id))?.Estimate ?? new Spending(0.2m, 10);
        var tokens = (int)(estimate.Tokens * percent / 100);
        return new SettleSpending(id, new Spending(estimate.Usd * percent / 100, tokens), tokens, 0, AccountTale.Call);
    }

    /// <summary>One of the calls that the account knows, or now and then one that it does not.</summary>
    private static Guid Nth(Budget budget, int call)
    {
        Guid[] known = [.. budget.Open.Keys, .. budget.Charged.Select(static charged => charged.CallId)];
        return known.Length == 0 || call % 10 == 0 ? AccountTale.Id(call) : known[call % known.Length];
    }
}
