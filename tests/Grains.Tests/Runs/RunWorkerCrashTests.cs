using AwoooP.Approvals;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>The worker is killed at every one of its steps in turn; a successor takes over. Whatever the moment, the ledger of effects is right.</summary>
public sealed class RunWorkerCrashTests
{
    [Fact]
    public async Task Kill_BetweenAnyTwoStepsOfARepeatableRepair_EndsVerifiedWithEveryIntentBeforeItsEffect()
    {
        var plan = Plans.Of(Plans.Command("drain", idempotent: true), Plans.Wait(20), Plans.Command("restart", idempotent: true), Plans.Verify());
        var steps = await CountStepsAsync(plan);
        steps.ShouldBeGreaterThan(30);

        for (var at = 1; at <= steps; at++)
        {
            await using var platform = new RunPlatform(plan);
            await RunToItsEndAsync(platform, new WorkerLife(at));

            var run = await platform.ReadRunAsync();
            run.State.ShouldBe(RunState.Completed, $"killed at step {at}");
            run.Attempt.ShouldBeLessThanOrEqualTo(2);
            foreach (var step in (string[])["drain", "restart", "verify"])
                platform.Ledger.CountOf(step).ShouldBeInRange(1, 2, $"{step}, killed at step {at}");
            ShouldHaveHadItsIntent(platform, at);
            ShouldHoldNothing(platform, at);
        }
    }

    [Fact]
    public async Task Kill_BetweenAnyTwoStepsOfAnUnrepeatableRepair_NeverRepeatsItAndFailsOnlyWhenItsOutcomeIsUnknown()
    {
        var plan = Plans.Of(Plans.Command("migrate"), Plans.Verify());
        var steps = await CountStepsAsync(plan);
        var (completed, interrupted) = (0, 0);

        for (var at = 1; at <= steps; at++)
        {
            await using var platform = new RunPlatform(plan);
            await RunToItsEndAsync(platform, new WorkerLife(at));

            var run = await platform.ReadRunAsync();
            var effects = platform.Ledger.CountOf("migrate");
            if (run.State == RunState.Completed)
            {
                completed++;
                effects.ShouldBe(1, $"killed at step {at}");
            }
            else
            {
                interrupted++;
                run.State.ShouldBe(RunState.Failed, $"killed at step {at}");
                run.ErrorCode.ShouldBe(RunErrors.StepInterrupted, $"killed at step {at}");
                effects.ShouldBeInRange(0, 1);
            }

            ShouldHaveHadItsIntent(platform, at);
            ShouldHoldNothing(platform, at);
        }

        completed.ShouldBeGreaterThan(0);
        interrupted.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Kill_AtEveryAttempt_EndsStaleAtTheLast()
    {
        var plan = Plans.Of(Plans.Command("restart", idempotent: true), Plans.Verify());
        await using var platform = new RunPlatform(plan);
        await platform.ReleaseAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await platform.WorkAsync(new WorkerLife(diesAt: 8), $"worker:{attempt}");
            (await platform.ReadRunAsync()).Attempt.ShouldBe(attempt);
            platform.Clock.Advance(RunLimits.Lease);
            await platform.FireDueWakesAsync();
        }

        var run = await platform.ReadRunAsync();
        run.State.ShouldBe(RunState.Failed);
        run.ErrorCode.ShouldBe(RunErrors.Stale);
        ShouldHoldNothing(platform, 8);
    }

    [Theory]
    [InlineData("alert")]
    [InlineData("playbook")]
    [InlineData("version")]
    [InlineData("approval")]
    [InlineData("incident")]
    public async Task PreChecks_WhenThePlanNoLongerFits_TouchNothingAndEndSuperseded(string changed)
    {
        var plan = Plans.Of(Plans.Command("restart"), Plans.Verify());
        await using var platform = new RunPlatform(plan);
        await platform.ReleaseAsync();
        if (changed == "alert")
            platform.AlertStatus = AwoooP.Alerts.AlertStatus.Resolved;
        else if (changed == "playbook")
            platform.PlaybookStatus = PlaybookStatus.Archived;
        else if (changed == "version")
            platform.PlaybookVersion++;
        else if (changed == "incident")
            platform.PlanIsLive = false;
        else
            await platform.AcceptedAsync(platform.Approval.SupersedeAsync, new SupersedeApproval("alert_cleared"));

        await platform.WorkAsync(new WorkerLife(), "worker:1");

        var run = await platform.ReadRunAsync();
        run.State.ShouldBe(RunState.Cancelled);
        run.ErrorCode.ShouldBe(RunErrors.Superseded);
        platform.Ledger.Entries.ShouldBeEmpty();
        ShouldHoldNothing(platform, 0);
    }

    [Fact]
    public async Task Worker_WhenAForwardStepFails_RollsBackInReverse()
    {
        var plan = Plans.Of(
            Plans.Command("one", rollback: Plans.Command("undo-one")),
            Plans.Command("two", rollback: Plans.Command("undo-two")),
            Plans.Command("three", rollback: Plans.Command("undo-three")),
            Plans.Verify());
        await using var platform = new RunPlatform(plan);
        await platform.ReleaseAsync();

        await platform.WorkAsync(new WorkerLife(), "worker:1", step => step.Name == "three" ? StepOutcome.Failure("exit_1") : StepOutcome.Success());

        platform.Ledger.Entries.Select(entry => entry.Step).ShouldBe(["one", "two", "three", "undo-two", "undo-one"]);
        var run = await platform.ReadRunAsync();
        run.State.ShouldBe(RunState.Failed);
        run.ErrorCode.ShouldBe(RunErrors.StepFailed);
    }

    [Fact]
    public async Task Brake_OnWhileARunIsPending_HoldsItUntilItIsOff()
    {
        var plan = Plans.Of(Plans.Command("restart"), Plans.Verify());
        await using var platform = new RunPlatform(plan);
        await platform.ReleaseAsync();
        var brake = platform.GetGrain<AwoooP.Brakes.IBrakeGrain>($"{Plans.Project}/{AwoooP.Brakes.IBrakeGrain.Key}");
        await platform.AcceptedAsync(brake.PauseAsync, new AwoooP.Brakes.Pause(null, "maintenance"));

        await platform.WorkAsync(new WorkerLife(), "worker:1");
        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Pending);
        platform.Ledger.Entries.ShouldBeEmpty();

        await platform.AcceptedAsync(brake.ResumeAsync, new AwoooP.Brakes.Resume(null));
        platform.Clock.Advance(RunLimits.Offer);
        await platform.WorkAsync(new WorkerLife(), "worker:1");
        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Completed);
    }

    private static async Task<int> CountStepsAsync(RepairPlan plan)
    {
        await using var platform = new RunPlatform(plan);
        var immortal = new WorkerLife();
        await RunToItsEndAsync(platform, immortal);
        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Completed);
        return immortal.Points.Count;
    }

    private static async Task RunToItsEndAsync(RunPlatform platform, WorkerLife first)
    {
        await platform.ReleaseAsync();
        var life = first;
        for (var round = 0; round < 20; round++)
        {
            await platform.WorkAsync(life, life == first ? "worker:first" : "worker:second");
            if ((await platform.ReadRunAsync()).State is RunState.Completed or RunState.Failed)
                return;

            if (life.Death.IsCompleted)
                life = new WorkerLife();
            platform.Clock.Advance(RunLimits.Offer);
        }
    }

    private static void ShouldHaveHadItsIntent(RunPlatform platform, int at)
    {
        platform.Ledger.Entries.ShouldAllBe(entry => entry.IntentWasDurable, $"killed at step {at}");
        platform.Ledger.Entries.Select(entry => entry.ToolCallId).ShouldBeUnique();
    }

    private static void ShouldHoldNothing(RunPlatform platform, int at)
    {
        platform.Journal.Claims.ShouldBeEmpty($"killed at step {at}");
        platform.Journal.Wakes.Where(wake => wake.Id.Type == "run").ShouldBeEmpty($"killed at step {at}");
    }
}
