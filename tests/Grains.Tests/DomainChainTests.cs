using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests;

/// <summary>From the intake log to the proposed plan and back to quiet, with all real grains; everything is delivered twice.</summary>
public sealed class DomainChainTests : IAsyncLifetime
{
    private readonly DomainPlatform _platform = new();

    private static readonly Dictionary<string, string> Labels = new() { ["alertname"] = "WebDown", ["namespace"] = "prod", ["service"] = "web", ["severity"] = "critical" };

    private IAlertGrain Alert => _platform.Grains.GetGrain<IAlertGrain>($"{DomainPlatform.Project}/{AlertIdentity.From(Labels).Fingerprint}");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [Fact]
    public async Task GivenActivePlaybook_WhenAlertFires_ThenOneIncidentWithOnePlanWaitsForAVote()
    {
        var playbookId = await _platform.ActivatePlaybookAsync(Definition("restart:{{service}}"));

        await FireAsync(_platform.Now);
        await _platform.SettleAsync();

        var incident = await IncidentAsync();
        incident.Status.ShouldBe(IncidentStatus.Investigating);
        incident.Classification.Severity.ShouldBe(Severity.P0);
        incident.Plan!.PlaybookId.ShouldBe(playbookId);
        incident.Plan.ActionPattern.ShouldBe("restart:web");
        incident.Plan.Target.ShouldBe("prod/web");
        ((CommandStep)incident.Plan.Steps[0]).Arguments.ShouldBe(["web"]);
        var run = await _platform.AsAsync("test", _platform.Grains.GetGrain<IRunGrain>($"{DomainPlatform.Project}/{incident.Plan.RunId}").GetAsync);
        run!.State.ShouldBe(RunState.WaitingApproval);
        _platform.EventTypes.Count(type => type == "incident.opened").ShouldBe(1);
        _platform.EventTypes.Count(type => type == "incident.plan_proposed").ShouldBe(1);
    }

    [Fact]
    public async Task GivenAnIncidentThatEndsWhileItsApprovalIsNotYetAskedFor_WhenItIs_ThenItIsSupersededAndTheRunEnds()
    {
        await _platform.ActivatePlaybookAsync(Definition("restart:{{service}}"));
        await FireAsync(_platform.Now);
        await _platform.SettleAsync(without: "approvals");
        var plan = (await IncidentAsync()).Plan!;
        await _platform.AcceptedAsync("ann", token => Incident(plan.IncidentId).ResolveAsync(new ResolveIncident(null), token));

        _platform.Clock.Advance(TimeSpan.FromSeconds(1));
        await _platform.SettleAsync();

        var approval = await _platform.AsAsync("test", _platform.Grains.GetGrain<IApprovalGrain>($"{DomainPlatform.Project}/{plan.ApprovalId}").GetAsync);
        approval!.Status.ShouldBe(ApprovalStatus.Superseded);
        var run = await _platform.AsAsync("test", _platform.Grains.GetGrain<IRunGrain>($"{DomainPlatform.Project}/{plan.RunId}").GetAsync);
        run!.State.ShouldBe(RunState.Cancelled);
    }

    [Fact]
    public async Task GivenNoPlaybook_WhenAlertFires_ThenThePlanIsDeclinedWithTheReason()
    {
        await FireAsync(_platform.Now);
        await _platform.SettleAsync();

        (await IncidentAsync()).Plan.ShouldBeNull();
        _platform.EventTypes.ShouldContain("incident.plan_declined");
    }

    [Fact]
    public async Task GivenMissingLabel_WhenAlertFires_ThenThePlanIsDeclined()
    {
        await _platform.ActivatePlaybookAsync(Definition("restart:{{shelf}}"));

        await FireAsync(_platform.Now);
        await _platform.SettleAsync();

        (await IncidentAsync()).Plan.ShouldBeNull();
    }

    [Fact]
    public async Task GivenFiringAlert_WhenItsEndPassesInSilence_ThenIncidentResolvesAndFiringAgainReopensIt()
    {
        await FireAsync(_platform.Now);
        await _platform.SettleAsync();
        var incidentId = (await IncidentAsync()).IncidentId;

        _platform.Clock.Advance(TimeSpan.FromMinutes(6));
        await _platform.FireDueWakesAsync();
        await _platform.SettleAsync();
        (await IncidentAsync()).Status.ShouldBe(IncidentStatus.Resolved);

        _platform.Clock.Advance(TimeSpan.FromMinutes(10));
        await FireAsync(_platform.Now);
        await _platform.SettleAsync();
        var again = await IncidentAsync();
        again.IncidentId.ShouldBe(incidentId);
        again.Status.ShouldBe(IncidentStatus.Investigating);
        again.HitCount.ShouldBe(2);
    }

    [Fact]
    public async Task GivenLongResolvedIncident_WhenAlertFiresAgain_ThenANewOneOpens()
    {
        await FireAsync(_platform.Now);
        await _platform.SettleAsync();
        var first = (await IncidentAsync()).IncidentId;
        _platform.Clock.Advance(TimeSpan.FromMinutes(6));
        await _platform.FireDueWakesAsync();
        await _platform.SettleAsync();

        _platform.Clock.Advance(TimeSpan.FromMinutes(31));
        await FireAsync(_platform.Now);
        await _platform.SettleAsync();

        (await IncidentAsync()).IncidentId.ShouldNotBe(first);
        _platform.EventTypes.Count(type => type == "incident.opened").ShouldBe(2);
    }

    [Fact]
    public async Task GivenResend_WhenOnlyItsEndMoves_ThenItIsNoOccurrence()
    {
        var start = _platform.Now;
        await FireAsync(start);
        _platform.Clock.Advance(TimeSpan.FromMinutes(1));
        await FireAsync(start);

        var alert = await _platform.AsAsync("test", Alert.GetAsync);
        alert!.HitCount.ShouldBe(1);
        _platform.EventTypes.ShouldBe(["alert.fired", "alert.members_renewed"]);
    }

    [Fact]
    public async Task GivenResolvedBySender_WhenItFiresWithANewStart_ThenItCountsTwice()
    {
        await FireAsync(_platform.Now);
        _platform.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(_platform.Now.AddMinutes(-1), _platform.Now);
        (await _platform.AsAsync("test", Alert.GetAsync))!.Status.ShouldBe(AlertStatus.Resolved);
        _platform.Clock.Advance(TimeSpan.FromMinutes(1));
        await FireAsync(_platform.Now);

        var alert = await _platform.AsAsync("test", Alert.GetAsync);
        alert!.Status.ShouldBe(AlertStatus.Firing);
        alert.HitCount.ShouldBe(2);
        alert.Frequency.LastHour.ShouldBe(2);
        _platform.EventTypes.ShouldBe(["alert.fired", "alert.members_ended", "alert.resolved", "alert.fired"]);
    }

    private Task FireAsync(DateTimeOffset startsAt) => SendAsync(startsAt, _platform.Now.AddMinutes(5));

    private Task SendAsync(DateTimeOffset startsAt, DateTimeOffset endsAt) => _platform.IntakeAsync(new AlertBatch(
        AlertBatch.AlertmanagerApi,
        [new SentAlert(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string> { ["summary"] = "down" }, startsAt, endsAt, null)]));

    private async Task<IncidentView> IncidentAsync()
    {
        var alert = await _platform.AsAsync("test", Alert.GetAsync);
        return (await _platform.AsAsync("test", Incident(alert!.IncidentId!).GetAsync)).ShouldNotBeNull();
    }

    private IIncidentGrain Incident(string incidentId) => _platform.Grains.GetGrain<IIncidentGrain>($"{DomainPlatform.Project}/{incidentId}");

    private static PlaybookDefinition Definition(string actionPattern) => new()
    {
        Name = "Restart the web shop",
        Match = new PlaybookMatch { AlertNames = ["WebDown"] },
        ActionPattern = actionPattern,
        Steps = [new CommandStep { Name = "restart", Program = "restart", Arguments = ["{{service}}"] }, new VerifyStep { Name = "verify", PromQl = "up == 1" }],
    };
}
