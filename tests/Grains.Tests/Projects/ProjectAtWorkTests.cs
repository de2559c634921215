using AwoooP.Alerts;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Projects;

/// <summary>What a project's flags and its suspension change in the work of the platform.</summary>
public sealed class ProjectAtWorkTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["alertname"] = "WebDown", ["namespace"] = "prod", ["service"] = "web" };

    [Fact]
    public async Task SuggestMode_WhenAnAlertFires_ProposesAPlanThatNothingExecutes()
    {
        await using var platform = new DomainPlatform();
        await MakeAsync(platform, new ProjectFeatureFlags { SuggestMode = true });
        await platform.ActivatePlaybookAsync(Definition);

        var plan = await FireAsync(platform);

        plan.Autonomy.ShouldBe(AutonomyLevel.L2);
        platform.EventTypes.ShouldNotContain("run.created");
        platform.EventTypes.ShouldNotContain("approval.requested");
    }

    [Fact]
    public async Task SuggestMode_Off_LeavesThePlanAsItsPlaybookSays()
    {
        await using var platform = new DomainPlatform();
        await MakeAsync(platform, new ProjectFeatureFlags());
        await platform.ActivatePlaybookAsync(Definition);

        var plan = await FireAsync(platform);

        plan.Autonomy.ShouldBe(AutonomyLevel.L3);
        platform.EventTypes.ShouldContain("run.created");
    }

    [Fact]
    public async Task Suspension_WhileARunIsPending_HoldsItUntilTheProjectGoesOn()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("restart"), Plans.Verify()));
        await platform.ReleaseAsync();
        var project = platform.GetGrain<IProjectGrain>($"{Plans.Project}/{IProjectGrain.Key}");
        await platform.AcceptedAsync(project.CreateAsync, new CreateProject(new ProjectConfiguration { Name = "Shop" }));
        await platform.AcceptedAsync(project.SuspendAsync, new SuspendProject("moving house"));

        await platform.WorkAsync(new WorkerLife(), "worker:1");
        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Pending);
        platform.Ledger.Entries.ShouldBeEmpty();

        await platform.AcceptedAsync(project.ResumeAsync, new ResumeProject(null));
        platform.Clock.Advance(RunLimits.Offer);
        await platform.WorkAsync(new WorkerLife(), "worker:1");
        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Completed);
    }

    private static PlaybookDefinition Definition => new()
    {
        Name = "Restart the web shop",
        Match = new PlaybookMatch { AlertNames = ["WebDown"] },
        ActionPattern = "restart:{{service}}",
        Steps = [new CommandStep { Name = "restart", Program = "restart", Arguments = ["{{service}}"] }, new VerifyStep { Name = "verify", PromQl = "up == 1" }],
    };

    private static async Task MakeAsync(DomainPlatform platform, ProjectFeatureFlags flags)
    {
        var project = platform.Grains.GetGrain<IProjectGrain>($"{DomainPlatform.Project}/{IProjectGrain.Key}");
        await platform.AcceptedAsync(project.CreateAsync, new CreateProject(new ProjectConfiguration { Name = "Shop", FeatureFlags = flags }));
    }

    private static async Task<RepairPlan> FireAsync(DomainPlatform platform)
    {
        await platform.IntakeAsync(new AlertBatch(
            AlertBatch.AlertmanagerApi,
            [new SentAlert(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string>(), platform.Now, platform.Now.AddMinutes(5), null)]));
        await platform.SettleAsync();
        var alert = await platform.AsAsync("test", platform.Grains.GetGrain<IAlertGrain>($"{DomainPlatform.Project}/{AlertIdentity.From(Labels).Fingerprint}").GetAsync);
        var incident = await platform.AsAsync("test", platform.Grains.GetGrain<IIncidentGrain>($"{DomainPlatform.Project}/{alert!.IncidentId}").GetAsync);
        return incident!.Plan.ShouldNotBeNull();
    }
}
