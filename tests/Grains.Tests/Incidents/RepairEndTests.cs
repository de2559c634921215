using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;
using AwoooP.Kpis;
using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Trust;

namespace AwoooP.Grains.Tests.Incidents;

/// <summary>The end of a run reaches its incident, its playbook and the indicators: all real grains, every event delivered twice.</summary>
public sealed class RepairEndTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Labels = new() { ["alertname"] = "WebDown", ["namespace"] = "prod", ["service"] = "web", ["severity"] = "critical" };

    private readonly DomainPlatform _platform = new();

    private IAlertGrain Alert => Grain<IAlertGrain>(AlertIdentity.From(Labels).Fingerprint);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [Fact]
    public async Task GivenAVerifiedRun_ThenItsIncidentIsResolvedByItAndTrustGrows()
    {
        await StartAsync(Plans.Command("restart"), Plans.Verify());
        _platform.Clock.Advance(TimeSpan.FromSeconds(60));
        var plan = await VoteAsync();
        await _platform.WorkAsync();

        var incident = await IncidentAsync();
        incident.Status.ShouldBe(IncidentStatus.Resolved);
        incident.PlanIsLive.ShouldBeFalse();
        (await ReadAsync(Grain<IRunGrain>($"{plan.RunId}").GetAsync))!.State.ShouldBe(RunState.Completed);
        (await ReadAsync(Grain<IApprovalGrain>($"{plan.ApprovalId}").GetAsync))!.Status.ShouldBe(ApprovalStatus.Executed);
        _platform.Ledger.Entries.Select(entry => entry.Step).ShouldBe(["restart", "verify"]);
        _platform.Ledger.Entries.ShouldAllBe(entry => entry.IntentWasDurable);

        var playbook = (await ReadAsync(Grain<IPlaybookGrain>(plan.PlaybookId).GetAsync))!;
        (playbook.SuccessCount, playbook.FailureCount).ShouldBe((1, 0));
        playbook.TrustScore.ShouldBe(0.37, 1e-12);
        (await ReadAsync(Grain<ITrustRecordGrain>("restart:web").GetAsync)).Score.ShouldBe(1);
        (await ReadAsync(Grain<IKpiGrain>(IKpiGrain.Key).GetAsync)).ShouldBe(new KpiView(1, 1, 60, 1, 60));
        _platform.Journal.Claims.Keys.ShouldHaveSingleItem("the playbook is active still").Kind.ShouldBe("active_playbooks");
    }

    [Fact]
    public async Task GivenRunsThatDoNotHelp_ThenTheyAreTriedTwiceAndThenAPersonIsAsked()
    {
        await StartAsync(Plans.Command("restart"), Plans.Verify());
        var first = await VoteAsync();
        await _platform.WorkAsync(FailToVerify);
        (await IncidentAsync()).Status.ShouldBe(IncidentStatus.Investigating);
        var second = await VoteAsync();
        second.RunId.ShouldNotBe(first.RunId);
        await _platform.WorkAsync(FailToVerify);

        var incident = await IncidentAsync();
        incident.Status.ShouldBe(IncidentStatus.Escalated);
        incident.PlanIsLive.ShouldBeFalse();
        _platform.Ledger.CountOf("restart").ShouldBe(2);
        var playbook = (await ReadAsync(Grain<IPlaybookGrain>(first.PlaybookId).GetAsync))!;
        (playbook.SuccessCount, playbook.FailureCount).ShouldBe((0, 2));
        playbook.TrustScore.ShouldBe(0.3 * 0.8 * 0.8, 1e-12);
        (await ReadAsync(Grain<IKpiGrain>(IKpiGrain.Key).GetAsync)).ResolvedTotal.ShouldBe(0);
    }

    [Fact]
    public async Task GivenARejectedPlan_ThenTheIncidentIsWithoutAPlanAndAPersonIsAsked()
    {
        await StartAsync(Plans.Command("restart"), Plans.Verify());
        await VoteAsync(VoteChoice.Reject);
        await _platform.WorkAsync();

        var incident = await IncidentAsync();
        incident.Status.ShouldBe(IncidentStatus.Escalated);
        incident.PlanIsLive.ShouldBeFalse();
        _platform.EventTypes.ShouldContain("incident.plan_withdrawn");
        _platform.Ledger.Entries.ShouldBeEmpty();
        (await ReadAsync(Grain<ITrustRecordGrain>("restart:web").GetAsync)).TotalRejections.ShouldBe(1);
    }

    /// <summary>The quiet is no proof of a repair that failed: the incident is resolved by it, and trust falls all the same.</summary>
    [Fact]
    public async Task GivenAnAlertThatGoesQuietWhileItsRepairFails_ThenTheIncidentIsResolvedByTheQuiet()
    {
        await StartAsync(Plans.Command("restart"), Plans.Wait(60), Plans.Verify());
        var plan = await VoteAsync();
        await _platform.WorkAsync();
        (await IncidentAsync()).Status.ShouldBe(IncidentStatus.Mitigating);
        await SendAsync(_platform.Now);
        await _platform.SettleAsync();

        _platform.Clock.Advance(TimeSpan.FromSeconds(60));
        await _platform.WorkAsync(FailToVerify);

        var incident = await IncidentAsync();
        incident.Status.ShouldBe(IncidentStatus.Resolved);
        _platform.EventTypes.ShouldContain("incident.repair_failed");
        (await ReadAsync(Grain<IKpiGrain>(IKpiGrain.Key).GetAsync)).AutoResolutionShare.ShouldBe(0);
        (await ReadAsync(Grain<IPlaybookGrain>(plan.PlaybookId).GetAsync))!.FailureCount.ShouldBe(1);
    }

    /// <summary>The alert fires, and a plan with these steps waits for a vote.</summary>
    private async Task StartAsync(params RepairStep[] steps)
    {
        await _platform.ActivatePlaybookAsync(new PlaybookDefinition
        {
            Name = "Restart the web shop",
            Match = new PlaybookMatch { AlertNames = ["WebDown"] },
            ActionPattern = "restart:{{service}}",
            Steps = steps,
        });
        await SendAsync(_platform.Now.AddMinutes(5));
        await _platform.WorkAsync();
    }

    private static StepOutcome FailToVerify(RepairStep step) =>
        step is VerifyStep ? StepOutcome.Failure("condition_not_met") : StepOutcome.Success("done");

    private Task SendAsync(DateTimeOffset endsAt) => _platform.IntakeAsync(new AlertBatch(
        AlertBatch.AlertmanagerApi, [new SentAlert(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string>(), _platform.Now.AddMinutes(-1), endsAt, null)]));

    private async Task<RepairPlan> VoteAsync(VoteChoice choice = VoteChoice.Approve)
    {
        var plan = (await IncidentAsync()).Plan.ShouldNotBeNull();
        var approval = Grain<IApprovalGrain>($"{plan.ApprovalId}");
        await _platform.AcceptedAsync("ann", token => approval.VoteAsync(new CastVote("ann", true, choice, "api_key", null), token));
        return plan;
    }

    private async Task<IncidentView> IncidentAsync()
    {
        var alert = (await ReadAsync(Alert.GetAsync)).ShouldNotBeNull();
        return (await ReadAsync(Grain<IIncidentGrain>(alert.IncidentId!).GetAsync)).ShouldNotBeNull();
    }

    private Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read) => _platform.AsAsync("test", read);

    private TGrain Grain<TGrain>(string localKey)
        where TGrain : IGrainWithStringKey => _platform.Grains.GetGrain<TGrain>($"{DomainPlatform.Project}/{localKey}");
}
