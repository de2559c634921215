using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Budgets;
using AwoooP.Events;
using AwoooP.Grains.Tests.Budgets;
using AwoooP.Grains.Tests.Contracts;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Playbooks;

/// <summary>Plans that would ask a model of a project whose budget is used up, with all real grains; everything is delivered twice.</summary>
public sealed class PlanBudgetTests : IAsyncLifetime
{
    private const string Asking = "PB-20260115-AAAAAA";
    private const string ByRules = "PB-20260115-BBBBBB";

    private static readonly Dictionary<string, string> Labels = new() { ["alertname"] = "WebDown", ["namespace"] = "prod", ["service"] = "web", ["severity"] = "critical" };

    private readonly DomainPlatform _platform = new(keys: new SigningKeys(SigningKeys.Key("k1")));

    public Task InitializeAsync() => TriageAgent.PutInForceAsync(_platform);

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [Theory]
    [InlineData(false, Asking)]
    [InlineData(true, ByRules)]
    public async Task GivenTwoThatFit_WhenTheAlertFires_ThenTheOneThatAsksAModelIsPassedOverWhileTheBudgetIsUsedUp(bool isUsedUp, string expected)
    {
        await _platform.ActivatePlaybookAsync(Definition(Plans.Model()), Asking);
        await _platform.ActivatePlaybookAsync(Definition(Plans.Command("restart")), ByRules);
        if (isUsedUp)
            await UseUpAsync();

        await FireAsync();
        await _platform.SettleAsync();

        (await IncidentAsync()).Plan!.PlaybookId.ShouldBe(expected);
    }

    [Fact]
    public async Task GivenABudgetThatIsUsedUp_WhenOnlyAPlanWithAModelFits_ThenItIsDeclinedAndSaysWhy()
    {
        await _platform.ActivatePlaybookAsync(Definition(Plans.Command("look"), Plans.Model()), Asking);
        await UseUpAsync();

        await FireAsync();
        await _platform.SettleAsync();

        (await IncidentAsync()).Plan.ShouldBeNull();
        var declined = _platform.Journal.Events.Single(static recorded => recorded.Type == "incident.plan_declined");
        var told = (IncidentPlanDeclined)EventCatalog.Default.Decode(declined.Type, declined.TypeVersion, declined.Data.Span);
        told.Reason.ShouldStartWith($"{Asking} cannot be carried out: $.steps[1]: The project's budget for models is used up");
    }

    [Fact]
    public async Task GivenAPlanThatOnlySuggests_WhenTheBudgetIsUsedUp_ThenItIsProposedSinceNoModelIsAsked()
    {
        await _platform.ActivatePlaybookAsync(Definition(Plans.Model()) with { Autonomy = AutonomyLevel.L2 }, Asking);
        await UseUpAsync();

        await FireAsync();
        await _platform.SettleAsync();

        (await IncidentAsync()).Plan!.PlaybookId.ShouldBe(Asking);
    }

    [Fact]
    public async Task GivenAPlanThatPeopleDecideOn_WhenTheBudgetIsUsedUp_ThenRunAndApprovalEndAndAPersonIsAsked()
    {
        await _platform.ActivatePlaybookAsync(Definition(Plans.Model()), Asking);
        await FireAsync();
        await _platform.SettleAsync();
        var plan = (await IncidentAsync()).Plan!;

        await UseUpAsync();
        await _platform.SettleAsync();

        await ShouldBeStoppedAsync(plan);
        var approval = await _platform.AsAsync("test", _platform.Grains.GetGrain<IApprovalGrain>($"{DomainPlatform.Project}/{plan.ApprovalId}").GetAsync);
        approval!.Status.ShouldBe(ApprovalStatus.Superseded);
        var incident = await IncidentAsync();
        (incident.Status, incident.PlanIsLive).ShouldBe((IncidentStatus.Escalated, false));
    }

    /// <summary>The kill was told before the run was there, so it found none.</summary>
    [Fact]
    public async Task GivenAPlanWhoseRunIsNotThereYet_WhenTheBudgetIsUsedUp_ThenTheRunIsStoppedAsItIsMade()
    {
        await _platform.ActivatePlaybookAsync(Definition(Plans.Model()), Asking);
        await FireAsync();
        await _platform.SettleAsync(without: "runs");
        var plan = (await IncidentAsync()).Plan!;
        await UseUpAsync();

        var proposed = _platform.Journal.Events.Single(static recorded => recorded.Type == "incident.plan_proposed");
        await new RunReactions(_platform.Grains, _platform.Journal, EventCatalog.Default).ReactAsync(proposed, CancellationToken.None);

        await ShouldBeStoppedAsync(plan);
    }

    private async Task ShouldBeStoppedAsync(RepairPlan plan)
    {
        var run = await _platform.AsAsync("test", _platform.Grains.GetGrain<IRunGrain>($"{DomainPlatform.Project}/{plan.RunId}").GetAsync);
        (run!.State, run.ErrorCode).ShouldBe((RunState.Cancelled, "E-BUDGET-003"));
    }

    private async Task UseUpAsync()
    {
        var account = _platform.Grains.GetGrain<IBudgetGrain>($"{DomainPlatform.Project}/{BudgetAccount.Project}");
        var all = new Spending(10m, 0);
        await _platform.AcceptedAsync(account.SetAsync, new SetBudget(AccountTale.TenADay, "A busy day."));
        await _platform.AcceptedAsync(account.ReserveAsync, new ReserveSpending(AccountTale.Id(1), all, _platform.Now.AddMinutes(1), AccountTale.Call));
        await _platform.AcceptedAsync(account.SettleAsync, new SettleSpending(AccountTale.Id(1), all, 0, 0, AccountTale.Call));
    }

    private Task FireAsync() => _platform.IntakeAsync(new AlertBatch(
        AlertBatch.AlertmanagerApi,
        [new SentAlert(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string> { ["summary"] = "down" }, _platform.Now, _platform.Now.AddMinutes(5), null)]));

    private async Task<IncidentView> IncidentAsync()
    {
        var alert = await _platform.AsAsync("test", _platform.Grains.GetGrain<IAlertGrain>($"{DomainPlatform.Project}/{AlertIdentity.From(Labels).Fingerprint}").GetAsync);
        return (await _platform.AsAsync("test", _platform.Grains.GetGrain<IIncidentGrain>($"{DomainPlatform.Project}/{alert!.IncidentId}").GetAsync)).ShouldNotBeNull();
    }

    private static PlaybookDefinition Definition(params RepairStep[] steps) => new()
    {
        Name = "Mend the web shop",
        Match = new PlaybookMatch { AlertNames = ["WebDown"] },
        ActionPattern = "mend:web",
        Steps = steps,
    };
}
