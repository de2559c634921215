using AwoooP.Aggregates;
using AwoooP.Budgets;
using AwoooP.Commands;

namespace AwoooP.Grains.Tests.Budgets;

/// <summary>Thresholds, and the project's account when it is used up.</summary>
public sealed class BudgetKillTests
{
    [Fact]
    public void GivenSpendingUpToTheLimit_WhenSettled_ThenEachThresholdIsToldOnceAndTheAccountCloses()
    {
        var tale = new AccountTale();

        Thresholds(tale.Spend(1, 7.9999m)).ShouldBeEmpty();
        Thresholds(tale.Spend(2, 0.0001m)).ShouldBe([80]);
        Thresholds(tale.Spend(3, 1.4m)).ShouldBeEmpty();
        Thresholds(tale.Spend(4, 0.1m)).ShouldBe([95]);
        tale.Reserve(5, 0.5m);
        var last = tale.Settle(5, 0.6m);

        Thresholds(last).ShouldBe([100]);
        last.Events[^1].ShouldBe(new BudgetKilled(BudgetPeriod.Day, "2026-01-15", AccountTale.Midnight));
        last.Wakes.ToDictionary(static wake => wake.Name, static wake => wake.DueAt).ShouldBe(
            new Dictionary<string, DateTimeOffset?> { [BudgetWakes.Expire] = null, [BudgetWakes.Reopen] = AccountTale.Midnight }, ignoreOrder: true);
        tale.State.Kill.ShouldBe(new BudgetKill(BudgetPeriod.Day, AccountTale.Start, AccountTale.Midnight));
    }

    [Fact]
    public void GivenOneCallThatCostsEverything_WhenSettled_ThenAllThresholdsAreTold() =>
        Thresholds(new AccountTale().Spend(1, 10m)).ShouldBe([80, 95, 100]);

    [Fact]
    public void GivenTokens_WhenTheyAreUsedUp_ThenTheAccountClosesToo()
    {
        var tale = new AccountTale();
        tale.Reserve(1, 0m, 1000);

        var decision = tale.Settle(1, 0m, 1000);

        decision.Events.OfType<BudgetThresholdReached>().ShouldAllBe(static reached => reached.Unit == BudgetUnits.Tokens);
        tale.State.Kill.ShouldNotBeNull();
    }

    [Fact]
    public void GivenAKill_WhenReserved_ThenRefusedWhileCallsUnderWaySettle()
    {
        var tale = new AccountTale();
        tale.Reserve(1, 1m);
        tale.Reserve(2, 9m);
        tale.Settle(2, 10m).Events.OfType<BudgetKilled>().ShouldHaveSingleItem();

        var refusal = tale.Reserve(3, 0m).Refusal!;
        (refusal.Kind, refusal.Code).ShouldBe((RefusalKind.Conflict, BudgetRefusals.Killed));
        refusal.Message.ShouldContain("2026-01-16 00:00 +08:00");
        tale.Settle(1, 1m).Events.ShouldHaveSingleItem().ShouldBeOfType<SpendingSettled>();
        tale.Day.Spent.Usd.ShouldBe(11m);
    }

    [Fact]
    public void GivenAKill_WhenTheLimitIsRaised_ThenItOpensAndNoThresholdIsToldAgain()
    {
        var tale = new AccountTale();
        tale.Spend(1, 10m);

        var raised = tale.Set(AccountTale.TenADay with { Day = new Allowance(20m) });

        raised.Events[^1].ShouldBe(new BudgetReopened(ReopenCauses.Raised));
        raised.Wakes.ShouldHaveSingleItem().DueAt.ShouldBeNull();
        Thresholds(tale.Spend(2, 9m)).ShouldBeEmpty();
        tale.Spend(3, 1m).Events.OfType<BudgetKilled>().ShouldHaveSingleItem("what is used up again is closed again");
    }

    [Fact]
    public void GivenAKill_WhenALimitIsSetThatIsUsedUpToo_ThenItStays()
    {
        var tale = new AccountTale();
        tale.Spend(1, 10m);

        tale.Set(AccountTale.TenADay with { Day = new Allowance(9m) }).Events.ShouldHaveSingleItem().ShouldBeOfType<BudgetSet>();
        tale.State.Kill.ShouldNotBeNull();
    }

    [Fact]
    public void GivenAnOpenAccount_WhenALimitIsSetBelowWhatIsSpent_ThenItCloses()
    {
        var tale = new AccountTale();
        tale.Spend(1, 5m);

        tale.Set(AccountTale.TenADay with { Day = new Allowance(5m) }).Events[^1].ShouldBeOfType<BudgetKilled>();
    }

    [Fact]
    public void GivenAKill_WhenTheDayEnds_ThenTheWakeUpOpensTheAccountWithNothingSpent()
    {
        var tale = new AccountTale();
        tale.Spend(1, 10m);
        tale.Now = AccountTale.Midnight.AddMicroseconds(-1);
        tale.Wake().ShouldBe(Decision<BudgetEvent>.Nothing);

        tale.Now = AccountTale.Midnight;
        var opened = tale.Wake();

        opened.Events.ToList().ShouldBe(
            [new BudgetPeriodBegun(BudgetPeriod.Day, "2026-01-16", AccountTale.Midnight.AddDays(1)), new BudgetReopened(ReopenCauses.PeriodEnded)]);
        opened.Wakes.ShouldHaveSingleItem().DueAt.ShouldBeNull();
        tale.Wake().ShouldBe(Decision<BudgetEvent>.Nothing);
        Thresholds(tale.Spend(2, 8m)).ShouldBe([80], "each period has its own");
    }

    [Fact]
    public void GivenAKillWhosePeriodIsOver_WhenTheWakeUpIsLate_ThenAReservationOpensIt()
    {
        var tale = new AccountTale();
        tale.Spend(1, 10m);
        tale.Now = AccountTale.Midnight;

        tale.Reserve(2, 1m).Events.Select(static raised => raised.GetType()).ShouldBe([typeof(BudgetPeriodBegun), typeof(BudgetReopened), typeof(SpendingReserved)]);
    }

    [Fact]
    public void GivenTheMonthUsedUp_WhenTheDayEnds_ThenTheAccountStaysClosedUntilTheMonthDoes()
    {
        var tale = new AccountTale(plan: new BudgetPlan { Day = new Allowance(10m), Month = new Allowance(12m) });
        tale.Reserve(1, 2m);
        tale.Spend(2, 8m);
        tale.Settle(1, 4m).Events.OfType<BudgetKilled>().ShouldHaveSingleItem().Period.ShouldBe(BudgetPeriod.Month);

        tale.Now = AccountTale.Midnight;
        tale.Wake();
        tale.Reserve(3, 1m).Refusal!.Code.ShouldBe(BudgetRefusals.Killed);
        tale.Now = new(2026, 1, 31, 16, 0, 0, TimeSpan.Zero);
        tale.Wake().Events[^1].ShouldBe(new BudgetReopened(ReopenCauses.PeriodEnded));
    }

    /// <summary>The month is used up while the day's kill holds: the longer one takes its place, and raising the month gives the day's back.</summary>
    [Fact]
    public void GivenTheDaysKill_WhenTheMonthIsUsedUpToo_ThenTheLongerHoldsUntilItAloneIsRaised()
    {
        var tale = new AccountTale(plan: new BudgetPlan { Day = new Allowance(10m), Month = new Allowance(12m) });
        tale.Reserve(1, 1m);
        tale.Reserve(2, 9m);
        tale.Settle(2, 11m).Events.OfType<BudgetKilled>().Single().Period.ShouldBe(BudgetPeriod.Day);

        var longer = tale.Settle(1, 1m);
        longer.Events.OfType<BudgetKilled>().Single().Period.ShouldBe(BudgetPeriod.Month);
        longer.Wakes.Single(static wake => wake.Name == BudgetWakes.Reopen).DueAt.ShouldBe(new DateTimeOffset(2026, 1, 31, 16, 0, 0, TimeSpan.Zero));

        tale.Set(new BudgetPlan { Day = new Allowance(10m), Month = new Allowance(100m) }).Events.OfType<BudgetKilled>().Single().Period.ShouldBe(BudgetPeriod.Day);
    }

    [Theory]
    [InlineData("agent:planner")]
    [InlineData("run:01990000-0000-7000-8000-000000000001")]
    public void GivenAnotherAccount_WhenItIsUsedUp_ThenItTellsAndOnlyRefuses(string account)
    {
        var tale = new AccountTale(account);

        Thresholds(tale.Spend(1, 10m)).ShouldBe([80, 95, 100]);

        tale.State.Kill.ShouldBeNull();
        tale.Reserve(2, 0.0001m).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void GivenAView_WhenTheDayHasEnded_ThenItShowsTheNextWhetherOrNotThatIsWritten()
    {
        var tale = new AccountTale();
        tale.Spend(1, 10m);
        var before = BudgetViews.Of(tale.State, tale.Terms, 7, tale.Now);
        before.Kill!.Until.ShouldBe(AccountTale.Midnight);
        before.Periods.Select(static period => (period.Key, period.Spent.Usd, period.Limits.Usd.GetValueOrDefault(), period.Reached)).ShouldBe([("2026-01-15", 10m, 10m, 100), ("2026-01", 10m, 100m, 0)]);

        var after = BudgetViews.Of(tale.State, tale.Terms, 7, AccountTale.Midnight);

        after.Kill.ShouldBeNull();
        after.Periods.Select(static period => (period.Key, period.Spent.Usd, period.Reached)).ShouldBe([("2026-01-16", 0m, 0), ("2026-01", 10m, 0)]);
    }

    private static int[] Thresholds(Decision<BudgetEvent> decision) => [.. decision.Events.OfType<BudgetThresholdReached>().Select(static reached => reached.Threshold)];
}
