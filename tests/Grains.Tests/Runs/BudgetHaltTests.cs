using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;
using AwoooP.Playbooks;
using AwoooP.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>A budget that is used up stops a project's runs with a model to ask wherever they stand; every event is delivered twice.</summary>
public sealed class BudgetHaltTests
{
    /// <summary>Ends a test that hangs; no test depends on it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly AggregateId Account = new(AggregateTypes.Budget, $"{Plans.Project}/{BudgetAccount.Project}");

    [Fact]
    public async Task Kill_WhilePeopleDecide_CancelsTheRun()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("restart"), Plans.Model()));
        await CreateAsync(platform, platform.Plan);

        await KillAsync(platform);

        await ShouldBeStoppedAsync(platform);
        platform.Journal.Claims.ShouldBeEmpty();
    }

    [Fact]
    public async Task Kill_BeforeTheClaim_CancelsTheRun()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("restart"), Plans.Model()));
        await platform.ReleaseAsync();

        await KillAsync(platform);

        await ShouldBeStoppedAsync(platform);
        platform.Journal.Claims.ShouldBeEmpty();
        await platform.WorkAsync(new WorkerLife(), "worker:1");
        platform.Ledger.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Kill_DuringAWait_CancelsTheRunAtOnceAndNotWhenItIsOver()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("drain"), Plans.Wait(3600), Plans.Model()));
        await platform.ReleaseAsync();
        await platform.WorkAsync(new WorkerLife(), "worker:1");
        (await platform.ReadRunAsync()).State.ShouldBe(RunState.WaitingTool);

        await KillAsync(platform);

        (await ShouldBeStoppedAsync(platform)).Steps[^1].Status.ShouldBe(StepStatus.Interrupted);
        platform.Journal.Claims.ShouldBeEmpty();
        platform.Journal.Wakes.Where(static wake => wake.Id.Key == Plans.RunKey).ShouldBeEmpty();
    }

    [Fact]
    public async Task Kill_DuringAnotherStepBeforeTheModel_CutsItOffAndKeepsTheTargetUntilTheLeaseIsOver()
    {
        var gate = new GateExecutor(StepKinds.Command);
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("slow"), Plans.Model()));
        await platform.ReleaseAsync();
        var job = WorkAsync(platform, gate, StepKinds.Model);
        await gate.Begun.WaitAsync(Patience);

        await KillAsync(platform);

        (await ShouldBeStoppedAsync(platform)).Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Interrupted);
        platform.Journal.Claims.Keys.ShouldContain((Plans.Project, RunClaims.Target, platform.Plan.Target));
        platform.Clock.Advance(RunLimits.Heartbeat);
        await gate.CutOff.WaitAsync(Patience);
        await job.WaitAsync(Patience);

        platform.Clock.Advance(RunLimits.Lease);
        await platform.FireDueWakesAsync();
        platform.Journal.Claims.ShouldBeEmpty();
    }

    [Fact]
    public async Task Kill_WhileAModelIsAskedAndAnotherFollows_CancelsTheRunWhateverItsWorkerSaysThen()
    {
        var gate = new GateExecutor(StepKinds.Model);
        await using var platform = new RunPlatform(Plans.Of(Plans.Model(), Plans.Model("again")));
        await platform.ReleaseAsync();
        var job = WorkAsync(platform, gate, StepKinds.Command);
        await gate.Begun.WaitAsync(Patience);

        await KillAsync(platform);

        var step = (await ShouldBeStoppedAsync(platform)).Steps.ShouldHaveSingleItem();
        (step.Status, step.ErrorCode).ShouldBe((StepStatus.Failed, "E-BUDGET-003"));
        platform.Journal.Claims.ShouldBeEmpty();
        gate.End(StepOutcome.Success("late"));
        await job.WaitAsync(Patience);
        await ShouldBeStoppedAsync(platform);
    }

    [Fact]
    public async Task Kill_WhileTheLastModelIsAsked_IsTheWorkersToTellWhenTheCallIsCut()
    {
        var (platform, gate, job) = await AskingAsync();
        await using var _ = platform;

        await KillAsync(platform);
        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Running);

        gate.End(StepOutcome.Failure(BudgetRefusals.Killed));
        await job.WaitAsync(Patience);
        await ShouldBeStoppedAsync(platform);
    }

    /// <summary>It was this answer that the last of the money was spent on.</summary>
    [Fact]
    public async Task Kill_WhenTheLastModelHasAnswered_LetsTheRunComplete()
    {
        var (platform, gate, job) = await AskingAsync();
        await using var _ = platform;

        await KillAsync(platform);
        gate.End(StepOutcome.Success("answered"));
        await job.WaitAsync(Patience);

        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Completed);
    }

    [Fact]
    public async Task Kill_OfARunThatAskedItsModelAlready_LetsItGoOn()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Model(), Plans.Wait(3600), Plans.Command("restart")));
        await platform.ReleaseAsync();
        await platform.WorkAsync(new WorkerLife(), "worker:1");

        await KillAsync(platform);

        (await platform.ReadRunAsync()).State.ShouldBe(RunState.WaitingTool);
        platform.Clock.Advance(TimeSpan.FromHours(1));
        await platform.WorkAsync(new WorkerLife(), "worker:1");
        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Completed);
    }

    [Fact]
    public async Task Kill_OfARunByRules_LetsItGoOn()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("restart"), Plans.Verify()));
        await CreateAsync(platform, platform.Plan);

        await KillAsync(platform);

        (await platform.ReadRunAsync()).State.ShouldBe(RunState.WaitingApproval);
    }

    /// <summary>More runs than are stopped at the same time.</summary>
    [Fact]
    public async Task Kill_OfManyRuns_CancelsThemAllAndEachOnce()
    {
        const int Runs = 150;
        await using var platform = new RunPlatform(Plans.Of(Plans.Model()));
        var ids = Enumerable.Range(1, Runs).Select(static number => new Guid(number, 0, 0, new byte[8])).ToList();
        foreach (var id in ids)
            await CreateAsync(platform, platform.Plan with { RunId = id });

        await KillAsync(platform);

        platform.Journal.Events.Where(static recorded => recorded.Type == "run.cancelled").Select(static recorded => recorded.Id.LocalKey)
            .ShouldBe(ids.Select(static id => id.ToString()), ignoreOrder: true);
        platform.Journal.Claims.ShouldBeEmpty();
    }

    /// <summary>The kill is told late: by then an admin has raised the limit.</summary>
    [Fact]
    public async Task Kill_WhenTheLimitWasRaisedMeanwhile_StillCancelsWhatWasThereBeforeIt()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Model()));
        await CreateAsync(platform, platform.Plan);
        platform.Clock.Advance(TimeSpan.FromSeconds(1));

        await KillAsync(platform, raisedMeanwhile: true);

        await ShouldBeStoppedAsync(platform);
    }

    [Fact]
    public async Task Kill_WhenTheLimitWasRaisedMeanwhile_LeavesWhatWasMadeAfterItAlone()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Model()));
        await CommitKillAsync(platform);
        platform.Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync(platform, platform.Plan);

        await DeliverAsync(platform);

        (await platform.ReadRunAsync()).State.ShouldBe(RunState.WaitingApproval);
    }

    /// <summary>Its plan was proposed before the kill, which was told after the run was made.</summary>
    [Fact]
    public async Task Kill_WhileItHolds_CancelsWhatWasMadeAfterItToo()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Model())) { IsBudgetUsedUp = true };
        await CommitKillAsync(platform);
        platform.Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync(platform, platform.Plan);

        await DeliverAsync(platform);

        await ShouldBeStoppedAsync(platform);
    }

    /// <summary>A run of one step whose model is being asked.</summary>
    private static async Task<(RunPlatform Platform, GateExecutor Gate, Task Job)> AskingAsync()
    {
        var gate = new GateExecutor(StepKinds.Model);
        var platform = new RunPlatform(Plans.Of(Plans.Model()));
        await platform.ReleaseAsync();
        var job = WorkAsync(platform, gate, StepKinds.Command);
        await gate.Begun.WaitAsync(Patience);
        return (platform, gate, job);
    }

    private static Task CreateAsync(RunPlatform platform, RepairPlan plan) => platform.AcceptedAsync(
        platform.GetGrain<IRunGrain>($"{Plans.Project}/{plan.RunId}").CreateAsync, new CreateRun(plan, NeedsApproval: true, IsShadow: false, "repair", null));

    private static async Task KillAsync(RunPlatform platform, bool raisedMeanwhile = false)
    {
        platform.IsBudgetUsedUp = !raisedMeanwhile;
        await CommitKillAsync(platform);
        await DeliverAsync(platform);
    }

    private static Task DeliverAsync(RunPlatform platform) => platform.DeliverAsync(new RunReactions(platform, platform.Journal, EventCatalog.Default));

    private static async Task CommitKillAsync(RunPlatform platform)
    {
        var killed = new BudgetKilled(BudgetPeriod.Day, "2026-01-15", platform.Now.AddHours(1));
        var type = EventCatalog.Default.Of(killed);
        var outcome = await platform.Journal.CommitAsync(
            new Commit
            {
                Id = Account,
                ExpectedVersion = 0,
                Events = [new NewEvent(type.Name, type.Version, type.Encode(killed))],
                State = default,
                StateVersion = 1,
                Actor = Actors.Platform,
                At = platform.Now,
            },
            CancellationToken.None);
        outcome.Status.ShouldBe(CommitStatus.Committed);
    }

    /// <summary>Works on the run with an executor that the test lets end, and one of another kind for its other steps.</summary>
    private static Task WorkAsync(RunPlatform platform, GateExecutor gate, string other)
    {
        var steps = new StepRunner([gate, new LedgerExecutor(other, new WorkerLife(), platform.Ledger)], platform.Clock, NullLogger<StepRunner>.Instance);
        return new RunJobFactory(platform, new RunChecks(platform), steps, platform.Clock, NullLogger<RunJob>.Instance)
            .Create(new RunOffer(Plans.Project, Plans.RunId.ToString()), "worker:1")
            .ExecuteAsync(CancellationToken.None, CancellationToken.None);
    }

    private static async Task<RunView> ShouldBeStoppedAsync(RunPlatform platform)
    {
        var run = await platform.ReadRunAsync();
        (run.State, run.ErrorCode).ShouldBe((RunState.Cancelled, "E-BUDGET-003"));
        platform.Journal.Events.Count(static recorded => recorded.Type == "run.cancelled").ShouldBe(1);
        return run;
    }
}
