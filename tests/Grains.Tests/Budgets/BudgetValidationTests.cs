using AwoooP.Budgets;
using AwoooP.Commands;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AwoooP.Grains.Tests.Budgets;

/// <summary>What is refused before anything is made of it.</summary>
public sealed class BudgetValidationTests
{
    private static readonly ReserveSpending Good = new(AccountTale.Id(1), new Spending(1m, 10), AccountTale.Start.AddMinutes(1), AccountTale.Call);

    [Fact]
    public void GivenAnotherAccount_WhenSet_ThenOnlyTheProjectsTakesIt() =>
        new AccountTale("agent:planner").Set(new BudgetPlan()).Refusal!.Code.ShouldBe(BudgetRefusals.NotTheProject);

    public static TheoryData<string, BudgetPlan> BadPlans => new()
    {
        { "$.plan.month.usd", new BudgetPlan { Month = new Allowance(-0.0001m) } },
        { "$.plan.day.usd", new BudgetPlan { Day = new Allowance(1_000_000m) } },
        { "$.plan.agent_month.usd", new BudgetPlan { AgentMonth = new Allowance(1.00001m) } },
        { "$.plan.incident.tokens", new BudgetPlan { Incident = new Allowance(null, -1) } },
        { "$.plan.run.tokens", new BudgetPlan { Run = new Allowance(null, 1_000_000_000_001) } },
        { "$.plan.agents.planner.usd", new BudgetPlan { Agents = new Dictionary<string, Allowance> { ["planner"] = new(-1m) } } },
        { "$.plan.agents", new BudgetPlan { Agents = new Dictionary<string, Allowance> { ["the planner"] = new() } } },
        { "$.plan.agents", new BudgetPlan { Agents = Enumerable.Range(0, 101).ToDictionary(static number => $"a{number}", static _ => new Allowance()) } },
    };

    [Theory]
    [MemberData(nameof(BadPlans))]
    public void GivenAPlanOutOfBounds_WhenSet_ThenItsFieldAndBoundAreTold(string field, BudgetPlan plan)
    {
        var fault = new AccountTale().Set(plan).Refusal!.InvalidFields.ShouldHaveSingleItem();

        fault.Field.ShouldBe(field);
        fault.Bound.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void GivenNoReason_WhenSet_ThenRefused(string? reason) =>
        BudgetDecider.Set(Budget.Initial, new AccountTale().Terms, new SetBudget(new BudgetPlan(), reason!), "ann", AccountTale.Start).Refusal!.Code.ShouldBe("out_of_range");

    public static TheoryData<string, ReserveSpending> BadReservations => new()
    {
        { "$.estimate.usd", Good with { Estimate = new Spending(-1m, 0) } },
        { "$.estimate.tokens", Good with { Estimate = new Spending(0m, 1_000_000_000_001) } },
        { "$.deadline", Good with { Deadline = AccountTale.Start } },
        { "$.deadline", Good with { Deadline = AccountTale.Start.AddHours(1).AddTicks(1) } },
        { "$.call.agent_id", Good with { Call = AccountTale.Call with { AgentId = "" } } },
        { "$.call.provider", Good with { Call = AccountTale.Call with { Provider = new string('p', 33) } } },
        { "$.call.model", Good with { Call = AccountTale.Call with { Model = "small 1" } } },
        { "$.call.incident_id", Good with { Call = AccountTale.Call with { IncidentId = new string('i', 65) } } },
        { "$.limits", Good with { Limits = new Allowance(1m) } },
    };

    [Theory]
    [MemberData(nameof(BadReservations))]
    public void GivenAReservationOutOfBounds_WhenMade_ThenItsFieldIsTold(string field, ReserveSpending command)
    {
        var refusal = new AccountTale().RefusalOf(command);

        refusal.Kind.ShouldBe(RefusalKind.Invalid);
        refusal.InvalidFields.ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Fact]
    public void GivenAnotherAccount_WhenItIsNotToldItsLimits_ThenRefused() =>
        new AccountTale("agent:planner").RefusalOf(Good).InvalidFields.ShouldHaveSingleItem().Field.ShouldBe("$.limits");

    [Theory]
    [InlineData("MonthUsd", "-1")]
    [InlineData("DayUsd", "1000000")]
    [InlineData("RunUsd", "-0.1")]
    public void GivenADefaultOutOfBounds_WhenRead_ThenRefused(string name, string value)
    {
        using var provider = Services(KeyValuePair.Create<string, string?>($"{BudgetOptions.Section}:{name}", value));

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<BudgetOptions>>().Value).Message.ShouldContain($"Budgets:{name}");
    }

    [Fact]
    public void GivenNoSettings_WhenRead_ThenAProjectWithoutAPlanHasTheDefaults()
    {
        using var provider = Services();

        var plan = provider.GetRequiredService<IOptions<BudgetOptions>>().Value.ToPlan();

        (plan.Month.Usd, plan.Day.Usd, plan.AgentMonth.Usd, plan.Incident.Usd, plan.Run.Usd).ShouldBe((50m, 5m, null, 2m, 0.5m));
    }

    private static ServiceProvider Services(params KeyValuePair<string, string?>[] settings)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddBudgets();
        return services.BuildServiceProvider();
    }
}
