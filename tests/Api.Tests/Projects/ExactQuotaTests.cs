using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Runs;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Projects;

/// <summary>Quotas of what is active, with many who come at the same moment; the grains and the journal are real.</summary>
public sealed class ExactQuotaTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private RealGrains _grains = null!;

    public async Task InitializeAsync() => _grains = await RealGrains.StartAsync(postgres.Endpoints);

    public async Task DisposeAsync() => await _grains.DisposeAsync();

    [Fact]
    public async Task Playbooks_ActivatedAllAtOnce_AreActiveUpToTheBoundExactly()
    {
        const string Project = "crowd";
        await MakeAsync(Project, new ProjectQuotas { ActivePlaybooks = 7 });
        var playbooks = await PlaybooksAsync(Project, 40);

        var results = await Task.WhenAll(playbooks.Select(playbook => ActivateAsync(Project, playbook)));

        results.Count(static result => result.Refusal is null).ShouldBe(7);
        results.Where(static result => result.Refusal is not null).ShouldAllBe(static result => result.Refusal!.Code == "quota_exceeded");
        results.First(static result => result.Refusal is not null).Refusal!.Quota.ShouldBe(new UsedQuota("active_playbooks", 7, 7));
        (await HeldAsync(Project, "active_playbooks")).ShouldBe(7);
    }

    [Fact]
    public async Task Playbooks_ArchivedOrRevised_MakeRoomForAsManyOthers()
    {
        const string Project = "changing";
        await MakeAsync(Project, new ProjectQuotas { ActivePlaybooks = 2 });
        var playbooks = await PlaybooksAsync(Project, 20);
        (await ActivateAsync(Project, playbooks[0])).Refusal.ShouldBeNull();
        (await ActivateAsync(Project, playbooks[1])).Refusal.ShouldBeNull();

        (await AsAsync(Project, token => playbooks[0].ArchiveAsync(new ArchivePlaybook(null), token))).Refusal.ShouldBeNull();
        (await AsAsync(Project, token => playbooks[1].ReviseAsync(new RevisePlaybook(Definition, null), token))).Refusal.ShouldBeNull();
        (await HeldAsync(Project, "active_playbooks")).ShouldBe(0);
        var results = await Task.WhenAll(playbooks.Skip(2).Select(playbook => ActivateAsync(Project, playbook)));

        results.Count(static result => result.Refusal is null).ShouldBe(2);
    }

    [Fact]
    public async Task Bound_SetAndLoweredLater_CountsThoseThatAreActiveAlready()
    {
        const string Project = "late";
        await MakeAsync(Project, new ProjectQuotas());
        var playbooks = await PlaybooksAsync(Project, 30);
        (await Task.WhenAll(playbooks.Take(10).Select(playbook => ActivateAsync(Project, playbook)))).ShouldAllBe(static result => result.Refusal == null);

        await ConfigureAsync(Project, new ProjectQuotas { ActivePlaybooks = 8 });
        (await ActivateAsync(Project, playbooks[10])).Refusal!.Quota.ShouldBe(new UsedQuota("active_playbooks", 8, 10));
        foreach (var playbook in playbooks.Take(4))
            (await AsAsync(Project, token => playbook.ArchiveAsync(new ArchivePlaybook(null), token))).Refusal.ShouldBeNull();
        var results = await Task.WhenAll(playbooks.Skip(10).Select(playbook => ActivateAsync(Project, playbook)));

        results.Count(static result => result.Refusal is null).ShouldBe(2);
        (await HeldAsync(Project, "active_playbooks")).ShouldBe(8);
    }

    [Fact]
    public async Task Runs_ClaimedAllAtOnce_AreAtWorkUpToTheBoundExactlyAndLeaveRoomWhenTheyEnd()
    {
        const string Project = "busy";
        await MakeAsync(Project, new ProjectQuotas { ActiveRuns = 4 });
        var runs = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => RunAsync(Project, $"prod/{number}")));

        var results = await Task.WhenAll(runs.Select(run => ClaimAsync(Project, run)));

        results.Count(static result => result.Refusal is null).ShouldBe(4);
        results.Where(static result => result.Refusal is not null).ShouldAllBe(static result => result.Refusal!.Quota == new UsedQuota("active_runs", 4, 4));
        (await HeldAsync(Project, "active_runs")).ShouldBe(4);

        var atWork = runs.Zip(results).First(static pair => pair.Second.Refusal is null).First;
        (await AsAsync(Project, token => atWork.CancelAsync(new CancelRun("not now"), token))).Refusal.ShouldBeNull();
        var waiting = runs.Zip(results).Where(static pair => pair.Second.Refusal is not null).Select(static pair => pair.First);
        (await Task.WhenAll(waiting.Select(run => ClaimAsync(Project, run)))).Count(static result => result.Refusal is null).ShouldBe(1);
    }

    [Fact]
    public async Task Runs_OfAShadow_AreNotCounted()
    {
        const string Project = "shadows";
        await MakeAsync(Project, new ProjectQuotas { ActiveRuns = 1 });
        (await ClaimAsync(Project, await RunAsync(Project, "prod/web"))).Refusal.ShouldBeNull();

        (await ClaimAsync(Project, await RunAsync(Project, "prod/other", isShadow: true))).Refusal.ShouldBeNull();

        (await HeldAsync(Project, "active_runs")).ShouldBe(1);
    }

    [Fact]
    public async Task Activation_OverTheBound_Answers429WithTheQuotaByName()
    {
        const string Project = "awoooi";
        await MakeAsync(Project, new ProjectQuotas { ActivePlaybooks = 1 });
        var playbooks = await PlaybooksAsync(Project, 2);
        (await ActivateAsync(Project, playbooks[0])).Refusal.ShouldBeNull();
        var front = await FrontHost.StartAsync(host => host.Cluster.Put($"{Project}/{IdOf(1)}", playbooks[1]));
        try
        {
            using var lead = front.Connect(front.Cluster.Issue("lead", OperatorRole.Approver, Project));

            var refused = await lead.PostAsync($"/v1/platform/playbooks/{IdOf(1)}/activate", null);

            var quota = (await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota_exceeded")).GetProperty("quota");
            (quota.GetProperty("name").GetString(), quota.GetProperty("bound").GetInt32(), quota.GetProperty("use").GetInt32())
                .ShouldBe(("active_playbooks", 1, 1));
        }
        finally
        {
            await front.DisposeAsync();
        }
    }

    private static PlaybookDefinition Definition => new()
    {
        Name = "Wait",
        Match = new PlaybookMatch { AlertNames = ["WebDown"] },
        ActionPattern = "wait",
        Steps = [new WaitStep { Name = "wait", Seconds = 1 }],
    };

    private static string IdOf(int number) => $"PB-20260101-{number:D6}";

    private static async Task<T> AsAsync<T>(string project, Func<CancellationToken, Task<T>> call, string actor = "ann")
    {
        CallContext.Current = new CallContext { ProjectId = project, Actor = actor };
        return await call(CancellationToken.None);
    }

    private static Task<CommandResult> ActivateAsync(string project, IPlaybookGrain playbook) =>
        AsAsync(project, token => playbook.ActivateAsync(new ActivatePlaybook(), token));

    private static Task<CommandResult> ClaimAsync(string project, IRunGrain run) =>
        AsAsync(project, token => run.ClaimAsync(new ClaimRun("w1"), token));

    private async Task MakeAsync(string project, ProjectQuotas quotas) => (await AsAsync(
        project, token => Project(project).CreateAsync(new CreateProject(new ProjectConfiguration { Name = project, Quotas = quotas }), token))).Refusal.ShouldBeNull();

    private async Task ConfigureAsync(string project, ProjectQuotas quotas) => (await AsAsync(
        project, token => Project(project).ConfigureAsync(new ConfigureProject(new ProjectConfiguration { Name = project, Quotas = quotas }), token))).Refusal.ShouldBeNull();

    private IProjectGrain Project(string project) => _grains.Get<IProjectGrain>($"{project}/{IProjectGrain.Key}");

    /// <summary>Approved, so that they can be activated.</summary>
    private async Task<IReadOnlyList<IPlaybookGrain>> PlaybooksAsync(string project, int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(async number =>
    {
        var playbook = _grains.Get<IPlaybookGrain>($"{project}/{IdOf(number)}");
        (await AsAsync(project, token => playbook.CreateAsync(new CreatePlaybook(Definition, PlaybookSource.Human), token))).Refusal.ShouldBeNull();
        (await AsAsync(project, token => playbook.ApproveAsync(new ApprovePlaybook(), token), "ben")).Refusal.ShouldBeNull();
        return playbook;
    }));

    private async Task<IRunGrain> RunAsync(string project, string target, bool isShadow = false)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var run = _grains.Get<IRunGrain>($"{project}/{id}");
        var plan = RepairPlans.For(id) with { Target = target };
        (await AsAsync(project, token => run.CreateAsync(new CreateRun(plan, NeedsApproval: false, isShadow, "repair", null), token))).Refusal.ShouldBeNull();
        return run;
    }

    private async Task<long> HeldAsync(string project, string kind)
    {
        await using var command = postgres.Superuser.CreateCommand($"select count(*) from journal.claim where project_id = '{project}' and kind = '{kind}'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
