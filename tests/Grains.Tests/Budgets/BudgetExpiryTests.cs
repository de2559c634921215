using AwoooP.Aggregates;
using AwoooP.Budgets;
using AwoooP.Commands;

namespace AwoooP.Grains.Tests.Budgets;

/// <summary>Calls of which nobody says in time what they cost.</summary>
public sealed class BudgetExpiryTests
{
    private static readonly TimeSpan Call = TimeSpan.FromMinutes(1);

    [Fact]
    public void GivenNoWordOfACall_WhenAMinuteAfterItsDeadline_ThenTheProjectIsChargedAsEstimated()
    {
        var tale = new AccountTale();
        tale.Reserve(1, 2m, 300);
        tale.Reserve(2, 1m);
        tale.Settle(2, 1m);
        tale.Now += Call + TimeSpan.FromSeconds(59);
        tale.Wake().ShouldBe(Decision<BudgetEvent>.Nothing);

        tale.Now += TimeSpan.FromSeconds(1);
        var expired = tale.Wake();

        expired.Events.ShouldHaveSingleItem().ShouldBe(new ReservationExpired(AccountTale.Id(1), new Spending(2m, 300), AccountTale.Call));
        expired.Wakes.ShouldHaveSingleItem().DueAt.ShouldBeNull();
        tale.Day.Spent.ShouldBe(new Spending(3m, 300));
        tale.State.Reserved.ShouldBe(default);
        tale.Wake().ShouldBe(Decision<BudgetEvent>.Nothing);
    }

    [Fact]
    public void GivenTwoCalls_WhenTheFirstExpires_ThenTheWakeUpMovesToTheSecond()
    {
        var tale = new AccountTale();
        tale.Reserve(1, 1m);
        tale.Now += TimeSpan.FromSeconds(30);
        tale.Reserve(2, 1m).Wakes.ShouldBeEmpty("the first is due before it");
        tale.Now = AccountTale.Start.AddMinutes(2);

        tale.Wake().Wakes.ShouldHaveSingleItem().DueAt.ShouldBe(AccountTale.Start.AddMinutes(2).AddSeconds(30));
    }

    [Fact]
    public void GivenAChargedCall_WhenItIsSettledLate_ThenWhatItCostTakesTheChargesPlaceOnce()
    {
        var tale = new AccountTale();
        tale.Reserve(1, 2m, 300);
        tale.Now += TimeSpan.FromMinutes(2);
        tale.Wake();

        tale.Settle(1, 1.25m, 200).Events.ShouldHaveSingleItem().ShouldBe(
            new SpendingSettled(AccountTale.Id(1), new Spending(1.25m, 200), 200, 0, AccountTale.Call, new Spending(2m, 300)));
        tale.Day.Spent.ShouldBe(new Spending(1.25m, 200));
        tale.Settle(1, 1.25m, 200).ShouldBe(Decision<BudgetEvent>.Nothing);
        tale.Day.Spent.ShouldBe(new Spending(1.25m, 200));
    }

    [Fact]
    public void GivenAChargedCall_WhenItWasNeverSent_ThenTheChargeIsTakenBack()
    {
        var tale = new AccountTale();
        tale.Reserve(1, 2m, 300);
        tale.Now += TimeSpan.FromMinutes(2);
        tale.Wake();

        var decision = tale.Release(1);

        decision.Events.ShouldHaveSingleItem().ShouldBe(new SpendingSettled(AccountTale.Id(1), default, 0, 0, AccountTale.Call, new Spending(2m, 300)));
        tale.Day.Spent.ShouldBe(default);
        tale.Release(1).ShouldBe(Decision<BudgetEvent>.Nothing);
    }

    [Fact]
    public void GivenAChargeOfYesterday_WhenItIsSettledForLess_ThenTodayDoesNotBeginBelowNothing()
    {
        var tale = new AccountTale { Now = AccountTale.Midnight.AddMinutes(-3) };
        tale.Reserve(1, 2m);
        tale.Now += TimeSpan.FromMinutes(2);
        tale.Wake();
        tale.Now = AccountTale.Midnight.AddMinutes(1);

        tale.Settle(1, 0.5m);

        tale.Day.ShouldBe(new PeriodTotal(BudgetPeriod.Day, "2026-01-16", AccountTale.Midnight.AddDays(1)));
        tale.Terms.TotalAt(tale.State, BudgetPeriod.Month, tale.Now).Spent.Usd.ShouldBe(0.5m);
    }

    [Fact]
    public void GivenAKill_WhenMoneyComesBack_ThenItStays()
    {
        var tale = new AccountTale();
        tale.Reserve(1, 10m);
        tale.Now += TimeSpan.FromMinutes(2);
        tale.Wake().Events[^1].ShouldBeOfType<BudgetKilled>();

        tale.Settle(1, 1m);

        tale.Reserve(2, 1m).Refusal!.Code.ShouldBe(BudgetRefusals.Killed);
    }

    [Fact]
    public void GivenAnotherAccount_WhenTheProjectsWordIsLate_ThenItGivesTheReservationUpWithoutACharge()
    {
        var tale = new AccountTale("run:01990000-0000-7000-8000-000000000001");
        tale.Reserve(1, 2m).Wakes.ShouldHaveSingleItem().DueAt.ShouldBe(AccountTale.Start.AddMinutes(11));
        tale.Now += TimeSpan.FromMinutes(10);
        tale.Wake().ShouldBe(Decision<BudgetEvent>.Nothing);

        tale.Now += TimeSpan.FromMinutes(1);
        tale.Wake().Events.ShouldHaveSingleItem().ShouldBe(new ReservationExpired(AccountTale.Id(1), default, AccountTale.Call));

        tale.State.Reserved.ShouldBe(default);
        tale.State.Charged.ShouldBeEmpty();
        tale.Settle(1, 1.5m).Refusal.ShouldBeNull("the word counts whenever it comes");
        tale.State.Find(BudgetPeriod.Whole)!.Spent.Usd.ShouldBe(1.5m);
        tale.Settle(1, -0.5m).Refusal.ShouldBeNull("and so does what is taken back");
        tale.State.Find(BudgetPeriod.Whole)!.Spent.Usd.ShouldBe(1m);
    }

    [Fact]
    public void GivenTheProjectsAccount_WhenSettledBelowNothing_ThenRefused() =>
        BudgetDecider.Settle(Budget.Initial, new AccountTale().Terms, new SettleSpending(AccountTale.Id(1), new Spending(-1m, 0), 0, 0, AccountTale.Call), AccountTale.Start)
            .Refusal!.Kind.ShouldBe(RefusalKind.Invalid);

    /// <summary>Only whoever was let in spends, so the project's account knows every call: what it does not know, it has settled.</summary>
    [Fact]
    public void GivenTheProjectsAccount_WhenACallIsNotKnown_ThenNothingHappens()
    {
        var tale = new AccountTale();

        tale.Settle(1, 2m).ShouldBe(Decision<BudgetEvent>.Nothing);
        tale.Release(1).ShouldBe(Decision<BudgetEvent>.Nothing);
    }
}
