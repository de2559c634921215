using AwoooP.Aggregates;
using AwoooP.Budgets;
using AwoooP.Events;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;

namespace AwoooP.Grains.Tests.Budgets;

/// <summary>What an account takes, and what becomes of it.</summary>
public sealed class BudgetDeciderTests
{
    [Fact]
    public void GivenANewAccount_WhenReserved_ThenItsPeriodsBeginAndTheReservationEndsByItself()
    {
        var decision = new AccountTale().Reserve(1, 2m, 100);

        decision.Events.Length.ShouldBe(3);
        decision.Events[0].ShouldBe(new BudgetPeriodBegun(BudgetPeriod.Day, "2026-01-15", AccountTale.Midnight));
        decision.Events[1].ShouldBe(new BudgetPeriodBegun(BudgetPeriod.Month, "2026-01", new(2026, 1, 31, 16, 0, 0, TimeSpan.Zero)));
        decision.Events[2].ShouldBe(new SpendingReserved(AccountTale.Id(1), new Spending(2m, 100), AccountTale.Start.AddMinutes(1), AccountTale.Call));
        var wake = decision.Wakes.ShouldHaveSingleItem();
        wake.Name.ShouldBe(BudgetWakes.Expire);
        wake.DueAt.ShouldBe(AccountTale.Start.AddMinutes(2));
    }

    [Theory]
    [InlineData(BudgetAccount.Project, BudgetRefusals.DoesNotFit, BudgetRefusals.DoesNotFit)]
    [InlineData("agent:planner", BudgetRefusals.DoesNotFit, BudgetRefusals.DoesNotFit)]
    [InlineData("incident:INC-20260115-000001", BudgetRefusals.SetAside, BudgetRefusals.RunCapReached)]
    [InlineData("run:01990000-0000-7000-8000-000000000001", BudgetRefusals.SetAside, BudgetRefusals.RunCapReached)]
    public void GivenSpentAndReserved_WhenAnotherDoesNotFit_ThenRefusedWithTheCodeOfItsLine(string account, string besideOthers, string alone)
    {
        var tale = new AccountTale(account);
        tale.Spend(1, 2m);
        tale.Reserve(2, 6m).Refusal.ShouldBeNull();

        tale.Reserve(3, 2.0001m).Refusal!.Code.ShouldBe(besideOthers);
        tale.Reserve(3, 8.0001m).Refusal!.Code.ShouldBe(alone);
        tale.Reserve(4, 2m, 1001).Refusal!.Code.ShouldBe(alone);
        tale.Reserve(5, 2m, 1000).Refusal.ShouldBeNull();
        tale.Reserve(6, 0.0001m).Refusal!.Code.ShouldBe(besideOthers);
        tale.Release(5).Refusal.ShouldBeNull();
        tale.Reserve(7, 2m).Refusal.ShouldBeNull();
    }

    /// <summary>Only a provider that tells more than it was asked for leads there, since what is reserved is the most that a call may cost.</summary>
    [Theory]
    [InlineData("incident:INC-20260115-000001")]
    [InlineData("run:01990000-0000-7000-8000-000000000001")]
    public void GivenACallThatCostMoreThanItsRunMay_WhenSettled_ThenItIsChargedAndOnlyTheNextOneIsRefused(string account)
    {
        var tale = new AccountTale(account);
        tale.Reserve(1, 9m).Refusal.ShouldBeNull();

        var settled = tale.Settle(1, 12m);

        settled.Refusal.ShouldBeNull();
        settled.Events.OfType<BudgetThresholdReached>().Select(static reached => reached.Threshold).ShouldBe([80, 95, 100]);
        tale.Reserve(2, 0.0001m).Refusal!.Code.ShouldBe(BudgetRefusals.RunCapReached);
    }

    [Fact]
    public void GivenARepeat_WhenReserved_ThenNothingIsSetAsideTwiceAndAnotherEstimateIsAConflict()
    {
        var tale = new AccountTale();
        tale.Reserve(1, 2m);

        tale.Reserve(1, 2m).ShouldBe(Decision<BudgetEvent>.Nothing);
        tale.Reserve(1, 3m).Refusal!.Code.ShouldBe("call_reserved");
        tale.State.Reserved.ShouldBe(new Spending(2m, 0));
    }

    [Fact]
    public void GivenALowerLimit_WhenAnAgentIsToldOfIt_ThenItBindsAndItsThresholdsAreTold()
    {
        var tale = new AccountTale("agent:planner");
        tale.Spend(1, 4m);

        tale.Reserve(2, 1.1m, limits: new Allowance(5m)).Refusal!.Code.ShouldBe(BudgetRefusals.DoesNotFit);
        var decision = tale.Reserve(3, 0.5m, limits: new Allowance(5m));

        decision.Events.OfType<BudgetThresholdReached>().ShouldHaveSingleItem().ShouldBe(
            new BudgetThresholdReached(BudgetPeriod.Month, "2026-01", 80, BudgetUnits.Usd, new Spending(4m, 0), new Allowance(5m)));
    }

    [Fact]
    public void GivenNoMoneyAtAll_WhenReserved_ThenOnlyWhatIsFreeFitsAndNothingIsUsedUp()
    {
        var tale = new AccountTale(plan: new BudgetPlan { Day = new Allowance(0m) });

        tale.Reserve(1, 0.0001m).Refusal!.Code.ShouldBe(BudgetRefusals.DoesNotFit);
        tale.Reserve(2, 0m, 500).Refusal.ShouldBeNull();
        tale.Settle(2, 0m, 500).Events.ShouldHaveSingleItem().ShouldBeOfType<SpendingSettled>();
        tale.State.Kill.ShouldBeNull();
    }

    [Fact]
    public void GivenCheapCalls_WhenReservedAndSettled_ThenTheyAreRoundedUpAndNeverFree()
    {
        var tale = new AccountTale();

        tale.Reserve(1, 0.00001m);
        tale.State.Reserved.Usd.ShouldBe(0.0001m);
        tale.Settle(1, 0.00012m).Events.OfType<SpendingSettled>().Single().Actual.Usd.ShouldBe(0.0002m);
    }

    [Fact]
    public void GivenManyOpenCalls_WhenOneMore_ThenThatIsSaid()
    {
        var tale = new AccountTale(plan: new BudgetPlan());
        for (var call = 1; call <= BudgetLimits.MaxOpen; call++)
            tale.Reserve(call, 1m).Refusal.ShouldBeNull();

        tale.Reserve(1000, 1m).Refusal!.Code.ShouldBe(BudgetRefusals.TooManyReservations);
        tale.Settle(7, 1m);
        tale.Reserve(1000, 1m).Refusal.ShouldBeNull();
    }

    /// <summary>What was not settled is charged and kept, the newest of it; then the account is filled to its bounds with the longest names.</summary>
    [Fact]
    public void GivenAFullAccount_WhenStored_ThenItFitsIntoTheJournal()
    {
        var longest = new string('a', BudgetLimits.MaxAgentId - 3);
        var most = new Allowance(BudgetLimits.MaxUsd, BudgetLimits.MaxTokens);
        var plan = new BudgetPlan { Agents = Enumerable.Range(100, BudgetLimits.MaxAgents).ToDictionary(number => $"{longest}{number}", _ => most) };
        var call = new ModelCall($"{longest}100", new string('p', BudgetLimits.MaxProvider), new string('m', ModelName.MaxLength), Plans.RunId, new string('i', BudgetLimits.MaxIncidentId));
        var terms = new AccountTale().Terms;
        var state = BudgetDecider.Set(Budget.Initial, terms, new SetBudget(plan, "All of it."), "ann", AccountTale.Start).Events
            .Aggregate(Budget.Initial, static (before, raised) => before.Apply(raised, AccountTale.Start));

        for (var number = 0; number < 200; number++)
        {
            state = state.Apply(new SpendingReserved(AccountTale.Id(number), new Spending(999_999.9999m, 999_999_999_999), AccountTale.Start.AddMicroseconds(123_456), call), AccountTale.Start);
            state = state.Apply(new ReservationExpired(AccountTale.Id(number), new Spending(999_999.9999m, 999_999_999_999), call), AccountTale.Start);
        }

        for (var number = 1000; number < 1000 + BudgetLimits.MaxOpen; number++)
            state = state.Apply(new SpendingReserved(AccountTale.Id(number), new Spending(999_999.9999m, 999_999_999_999), AccountTale.Start.AddMicroseconds(123_456), call), AccountTale.Start);

        state.Charged.Count.ShouldBe(BudgetLimits.MaxCharged);
        state.Charged[^1].CallId.ShouldBe(AccountTale.Id(199));
        state.Open.Count.ShouldBe(BudgetLimits.MaxOpen);
        JsonBytes.Serialize(state, Budget.Json).Length.ShouldBeLessThan(JournalLimits.MaxStateBytes);
    }
}
