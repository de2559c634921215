using AwoooP.Budgets;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>
/// Where workers meet a budget that is used up: runs with a model to ask end there, the others go on. How those end that wait is in <see cref="BudgetHaltTests"/>.
/// </summary>
public sealed class BudgetStopTests
{
    [Fact]
    public async Task Claim_OfARunWithAModel_WhileTheBudgetIsUsedUp_CancelsItUntouched()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("restart"), Plans.Model())) { IsBudgetUsedUp = true };
        await platform.ReleaseAsync();

        await platform.WorkAsync(new WorkerLife(), "worker:1");

        await ShouldBeStoppedAsync(platform);
        platform.Ledger.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Claim_OfARunByRules_WhileTheBudgetIsUsedUp_CarriesItOut()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("restart"), Plans.Verify())) { IsBudgetUsedUp = true };
        await platform.ReleaseAsync();

        await platform.WorkAsync(new WorkerLife(), "worker:1");

        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Completed);
    }

    [Fact]
    public async Task ModelStep_WhenTheKillStrikes_CancelsTheRunAndNothingFollows()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("look"), Plans.Model(), Plans.Command("restart")));
        await platform.ReleaseAsync();

        await platform.WorkAsync(new WorkerLife(), "worker:1", step => step is ModelStep ? StepOutcome.Failure(BudgetRefusals.Killed) : StepOutcome.Success());

        await ShouldBeStoppedAsync(platform);
        platform.Ledger.Entries.Select(static entry => entry.Step).ShouldBe(["look", "ask"]);
    }

    [Fact]
    public async Task Budget_OfARunWithAModel_IsLookedAtBeforeTheDryRunAndOnceBeforeEachStep()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Wait(5), Plans.Command("restart"), Plans.Model()));
        await platform.ReleaseAsync();
        await platform.WorkAsync(new WorkerLife(), "worker:1");
        platform.BudgetLooks.ShouldBe(2, "before the dry run, and before the wait");

        platform.Clock.Advance(TimeSpan.FromSeconds(5));
        await platform.WorkAsync(new WorkerLife(), "worker:1");

        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Completed);
        platform.BudgetLooks.ShouldBe(4, "and before each of the two steps");
    }

    /// <summary>The dry run takes its time, and the budget may be used up meanwhile.</summary>
    [Fact]
    public async Task Budget_UsedUpDuringTheDryRun_LetsNothingStart()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("restart"), Plans.Model())) { LooksUntilUsedUp = 1 };
        await platform.ReleaseAsync();

        await platform.WorkAsync(new WorkerLife(), "worker:1");

        await ShouldBeStoppedAsync(platform);
        platform.Journal.Events.Select(static recorded => recorded.Type).ShouldContain("run.dry_run_recorded");
        platform.Ledger.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task ModelStep_OverTheCapOfItsRun_FailsTheRunAndUndoesWhatWasDone()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("drain", rollback: Plans.Command("undrain")), Plans.Model()));
        await platform.ReleaseAsync();

        await platform.WorkAsync(
            new WorkerLife(), "worker:1", step => step is ModelStep ? StepOutcome.Failure(BudgetRefusals.RunCapReached) : StepOutcome.Success());

        var run = await platform.ReadRunAsync();
        (run.State, run.ErrorCode).ShouldBe((RunState.Failed, "E-BUDGET-002"));
        platform.Ledger.Entries.Select(static entry => entry.Step).ShouldBe(["drain", "ask", "undrain"]);
    }

    private static async Task ShouldBeStoppedAsync(RunPlatform platform)
    {
        var run = await platform.ReadRunAsync();
        (run.State, run.ErrorCode).ShouldBe((RunState.Cancelled, "E-BUDGET-003"));
        platform.Journal.Events.Select(static recorded => recorded.Type).ShouldNotContain("run.failed");
    }
}
