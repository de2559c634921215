using AwoooP.Budgets;
using AwoooP.Events;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Notifications;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace AwoooP.Grains.Tests.Budgets;

/// <summary>The accounts of one call and the people behind them, with the reactions between; every event is delivered twice.</summary>
public sealed class BudgetChainTests
{
    private static readonly string Run = BudgetAccount.OfRun(Plans.RunId);
    private static readonly string Incident = BudgetAccount.OfIncident(AccountTale.Call.IncidentId!);
    private static readonly string Agent = BudgetAccount.OfAgent(AccountTale.Call.AgentId);
    private static readonly string[] All = [Run, Incident, Agent, BudgetAccount.Project];

    [Fact]
    public async Task GivenACallInEveryAccount_WhenTheProjectsIsSettled_ThenTheOthersFollow()
    {
        await using var platform = new DomainPlatform();
        await ReserveAsync(platform, 1, 0.4m);
        (await TotalsAsync(platform)).ShouldBe(["0 + 0.4", "0 + 0.4", "0 + 0.4", "0 + 0.4"]);

        await platform.AcceptedAsync(Account(platform, BudgetAccount.Project).SettleAsync, Settlement(1, 0.3m));
        await platform.SettleAsync();

        (await TotalsAsync(platform)).ShouldBe(["0.3 + 0", "0.3 + 0", "0.3 + 0", "0.3 + 0"]);
    }

    [Fact]
    public async Task GivenACallThatWasNeverSent_WhenTheProjectsIsReleased_ThenNothingIsLeftOfIt()
    {
        await using var platform = new DomainPlatform();
        await ReserveAsync(platform, 1, 0.4m);

        await platform.AcceptedAsync(Account(platform, BudgetAccount.Project).ReleaseAsync, new ReleaseSpending(AccountTale.Id(1), "connection_failed"));
        await platform.SettleAsync();

        (await TotalsAsync(platform)).ShouldBe(["0 + 0", "0 + 0", "0 + 0", "0 + 0"]);
    }

    [Fact]
    public async Task GivenACallThatIsLost_WhenItsWordComesLate_ThenEveryAccountIsChargedAndThenCorrected()
    {
        await using var platform = new DomainPlatform();
        await ReserveAsync(platform, 1, 0.4m);
        platform.Clock.Advance(TimeSpan.FromMinutes(2));
        (await platform.FireDueWakesAsync()).ShouldBeTrue();
        await platform.SettleAsync();
        (await TotalsAsync(platform)).ShouldBe(["0.4 + 0", "0.4 + 0", "0.4 + 0", "0.4 + 0"]);

        await platform.AcceptedAsync(Account(platform, BudgetAccount.Project).SettleAsync, Settlement(1, 0.1m));
        await platform.SettleAsync();
        platform.Clock.Advance(TimeSpan.FromMinutes(30));
        await platform.FireDueWakesAsync();

        (await TotalsAsync(platform)).ShouldBe(["0.1 + 0", "0.1 + 0", "0.1 + 0", "0.1 + 0"]);
    }

    /// <summary>Somebody died between the reservations of one call: those that stand are given up, and nobody is charged.</summary>
    [Fact]
    public async Task GivenACallThatNeverReachedTheProject_WhenTimePasses_ThenTheOthersForgetIt()
    {
        await using var platform = new DomainPlatform();
        foreach (var account in (string[])[Run, Incident])
            await platform.AcceptedAsync(Account(platform, account).ReserveAsync, Reservation(platform, 1, 0.4m) with { Limits = new Allowance(1m) });

        platform.Clock.Advance(TimeSpan.FromMinutes(11));
        await platform.FireDueWakesAsync();
        await platform.SettleAsync();

        (await TotalsAsync(platform)).ShouldBe(["0 + 0", "0 + 0", "0 + 0", "0 + 0"]);
        platform.Journal.Wakes.ShouldBeEmpty();
    }

    [Fact]
    public async Task GivenSpendingUpToTheLimit_WhenDelivered_ThenPeopleAreToldOfTheProjectAndTheAgentAndOfEachOnce()
    {
        await using var platform = new DomainPlatform();
        await platform.AcceptedAsync(Account(platform, BudgetAccount.Project).SetAsync, new SetBudget(AccountTale.TenADay, "A busy day."));
        (int Call, decimal Usd)[] calls = [(1, 8m), (2, 1.5m), (3, 0.5m)];
        foreach (var (call, usd) in calls)
        {
            await ReserveAsync(platform, call, usd, limits: new Allowance(10m));
            await platform.AcceptedAsync(Account(platform, BudgetAccount.Project).SettleAsync, Settlement(call, usd));
            await platform.SettleAsync(without: "notifications");
        }

        var options = Substitute.For<IOptionsMonitor<NotificationOptions>>();
        options.CurrentValue.Returns(new NotificationOptions { Routes = [new NotificationRoute { Recipient = "ops" }] });
        await platform.DeliverAsync(new NotificationReactions(platform.Grains, EventCatalog.Default, options));

        var told = platform.Journal.Events.Where(static recorded => recorded.Type == "notification.queued")
            .Select(static recorded => (NotificationQueued)EventCatalog.Default.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span))
            .ToList();
        told.Select(static message => message.Title).ShouldBe(
            [
                "80 % of the project's budget for 2026-01-15 is spent",
                "80 % of the budget of agent planner for 2026-01 is spent",
                "95 % of the project's budget for 2026-01-15 is spent",
                "95 % of the budget of agent planner for 2026-01 is spent",
                "The project's budget for 2026-01-15 is used up (100 %)",
                "100 % of the budget of agent planner for 2026-01 is spent",
            ],
            ignoreOrder: true);
        told.ShouldContain(static message => message.Body == "8 of 10 US dollars.");
        told.ShouldContain(static message => message.Body.Contains("or until 2026-01-16 00:00 +08:00", StringComparison.Ordinal));
    }

    private static async Task ReserveAsync(DomainPlatform platform, int call, decimal usd, Allowance? limits = null)
    {
        foreach (var account in All)
        {
            await platform.AcceptedAsync(
                Account(platform, account).ReserveAsync,
                Reservation(platform, call, usd) with { Limits = account == BudgetAccount.Project ? null : limits ?? new Allowance(1m) });
        }
    }

    private static ReserveSpending Reservation(DomainPlatform platform, int call, decimal usd) =>
        new(AccountTale.Id(call), new Spending(usd, 0), platform.Now.AddMinutes(1), AccountTale.Call);

    private static SettleSpending Settlement(int call, decimal usd) => new(AccountTale.Id(call), new Spending(usd, 0), 0, 0, AccountTale.Call);

    /// <summary>Spent and reserved in the longest period of each account.</summary>
    private static async Task<List<string>> TotalsAsync(DomainPlatform platform)
    {
        var totals = new List<string>();
        foreach (var account in All)
        {
            var period = (await platform.AsAsync("test", Account(platform, account).GetAsync)).Periods[^1];
            totals.Add(FormattableString.Invariant($"{period.Spent.Usd:0.####} + {period.Reserved.Usd:0.####}"));
        }

        return totals;
    }

    private static IBudgetGrain Account(DomainPlatform platform, string account) => platform.Grains.GetGrain<IBudgetGrain>($"{DomainPlatform.Project}/{account}");
}
