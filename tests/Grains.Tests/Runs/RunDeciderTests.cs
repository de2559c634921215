using AwoooP.Brakes;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Runs;

public sealed class RunDeciderTests
{
    private static readonly PauseEntry Pause = new("ann", "maintenance", default);

    [Fact]
    public void GivenPending_WhenClaimed_ThenLeasedForThirtySecondsAndTheTargetIsHeld()
    {
        var story = RunStory.Pending(Plans.Command("one")).Claim("w1");

        story.Run.State.ShouldBe(RunState.Running);
        story.Run.LeaseUntil.ShouldBe(story.Now.AddSeconds(30));
        story.Claims.ShouldBe(["prod/web"]);
        story.Wakes.Keys.ShouldBe(["lease", "total"], ignoreOrder: true);
    }

    [Fact]
    public void GivenABrake_WhenClaimed_ThenPausedAndStillOffered()
    {
        var story = RunStory.Pending(Plans.Command("one")).Claim("w1", Pause);

        story.RefusalCode.ShouldBe("paused");
        story.Run.State.ShouldBe(RunState.Pending);
        story.Wakes.ShouldContainKey("offer");
    }

    [Fact]
    public void GivenABrakeBetweenSteps_WhenYielded_ThenPendingWithTheSameAttemptAndTheTargetKept()
    {
        var story = RunStory.Running(Plans.Command("one"), Plans.Command("two")).Begin().Finish().Begin(Pause);
        story.RefusalCode.ShouldBe("paused");

        story.Play(run => RunDecider.Yield(run, new YieldRun("w1", 1, "paused"), story.Now));

        story.Run.State.ShouldBe(RunState.Pending);
        story.Run.Attempt.ShouldBe(1);
        story.Claims.ShouldBe(["prod/web"]);
        story.Claim("w2").Begin().Finish().Run.State.ShouldBe(RunState.Completed);
        story.Claims.ShouldBeEmpty();
    }

    [Fact]
    public void GivenNothingTouched_WhenYielded_ThenTheTargetIsFree() =>
        RunStory.Running(Plans.Command("one")).Play(run => RunDecider.Yield(run, new YieldRun("w1", 1, "paused"), default)).Claims.ShouldBeEmpty();

    [Fact]
    public void GivenNoDryRun_WhenAStepBegins_ThenRefused() =>
        RunStory.Pending(Plans.Command("one")).Claim("w1").Begin().RefusalCode.ShouldBe("dry_run_required");

    [Fact]
    public void GivenAFailedCheck_WhenRecorded_ThenFailedWithNothingTouched()
    {
        var story = RunStory.Pending(Plans.Command("one")).Claim("w1");

        story.Play(run => RunStepDecider.RecordDryRun(run, new RecordDryRun("w1", 1, [new DryRunCheck(1, StepPhase.Forward, "command", "one", false, "no")])));

        story.Run.ErrorCode.ShouldBe(RunErrors.DryRunFailed);
        story.Claims.ShouldBeEmpty();
        story.Wakes.ShouldBeEmpty();
    }

    [Fact]
    public void GivenALostLease_WhenTheOldWorkerSpeaks_ThenLeaseLostWhateverItSays()
    {
        var story = RunStory.Running(Plans.Command("one", idempotent: true)).Begin().After(RunLimits.Lease);
        story.Play(run => RunDecider.LoseLease(run, story.Now)).Claim("w2");
        story.Run.Attempt.ShouldBe(2);

        story.Play(run => RunDecider.Heartbeat(run, new RunHeartbeat("w1", 1), story.Now)).RefusalCode.ShouldBe("lease_lost");
        story.Play(run => RunStepDecider.Begin(run, new BeginStep("w1", 1, 1, StepPhase.Forward), null, default, story.Now)).RefusalCode.ShouldBe("lease_lost");
        story.Play(run => RunStepDecider.Finish(run, new FinishStep("w1", 1, 1, StepPhase.Forward, StepStatus.Succeeded, null, null, 1), story.Now))
            .RefusalCode.ShouldBe("lease_lost");
        story.Play(run => RunDecider.Yield(run, new YieldRun("w1", 1, "x"), story.Now)).RefusalCode.ShouldBe("lease_lost");
        story.Play(run => RunDecider.Abandon(run, new AbandonRun("w1", 1, "x"))).RefusalCode.ShouldBe("lease_lost");
    }

    [Fact]
    public void GivenARenewedLease_WhenTheOldWakeUpFires_ThenNothing()
    {
        var story = RunStory.Running(Plans.Command("one")).After(TimeSpan.FromSeconds(10));
        story.Play(run => RunDecider.Heartbeat(run, new RunHeartbeat("w1", 1), story.Now)).After(TimeSpan.FromSeconds(20));

        story.Play(run => RunDecider.LoseLease(run, story.Now)).Run.State.ShouldBe(RunState.Running);
    }

    [Fact]
    public void GivenAnUnrepeatableStepUnderWay_WhenTheLeaseIsLost_ThenFailedForAPersonToLook()
    {
        var story = RunStory.Running(Plans.Command("one")).Begin().After(RunLimits.Lease);

        story.Play(run => RunDecider.LoseLease(run, story.Now));

        story.Run.ErrorCode.ShouldBe(RunErrors.StepInterrupted);
        story.Run.Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Interrupted);
        story.Claims.ShouldBeEmpty();
    }

    [Fact]
    public void GivenAWaitStep_WhenBegun_ThenNoLeaseUntilItIsOver()
    {
        var story = RunStory.Running(Plans.Wait(60), Plans.Verify()).Begin();

        story.Run.State.ShouldBe(RunState.WaitingTool);
        story.Run.LeaseOwner.ShouldBeNull();
        story.Wakes["offer"].ShouldBe(story.Now.AddSeconds(60));
        story.Claim("w2").RefusalCode.ShouldBe("wait_not_over");

        story.After(TimeSpan.FromSeconds(60)).Claim("w2").Run.State.ShouldBe(RunState.Running);
        story.Begin().Finish().Run.State.ShouldBe(RunState.Completed);
        story.Events.OfType<RunCompleted>().Single().Verified.ShouldBeTrue();
    }

    [Fact]
    public void GivenAWaitAtTheEnd_WhenOver_ThenTheClaimCompletesTheRun()
    {
        var story = RunStory.Running(Plans.Command("one"), Plans.Wait(5)).Begin().Finish().Begin().After(TimeSpan.FromSeconds(5)).Claim("w2");

        story.Run.State.ShouldBe(RunState.Completed);
        story.Events.OfType<RunCompleted>().Single().Verified.ShouldBeFalse();
        story.Claims.ShouldBeEmpty();
        story.Wakes.ShouldBeEmpty();
    }

    [Fact]
    public void GivenAFailedVerification_WhenNothingCanBeUndone_ThenFailedUnverified()
    {
        var story = RunStory.Running(Plans.Command("one"), Plans.Verify()).Begin().Finish().Begin().Finish(StepStatus.TimedOut);

        story.Run.ErrorCode.ShouldBe(RunErrors.VerificationFailed);
        story.Events.OfType<RunFailed>().Single().RolledBack.ShouldBeFalse();
    }

    [Fact]
    public void GivenAFailedStep_WhenARollbackSucceeds_ThenFailedAndRolledBack()
    {
        var story = RunStory.Running(Plans.Command("one", rollback: Plans.Command("undo")), Plans.Command("two")).Begin().Finish().Begin().Finish(StepStatus.Failed);
        story.Run.State.ShouldBe(RunState.Running);

        story.Begin().Finish();

        story.Events.OfType<RunFailed>().Single().RolledBack.ShouldBeTrue();
        story.Run.ErrorCode.ShouldBe(RunErrors.StepFailed);
    }

    [Fact]
    public void GivenBetweenTwoSteps_WhenCancelled_ThenEverythingIsGivenBack()
    {
        var story = RunStory.Running(Plans.Command("one"), Plans.Command("two")).Begin().Finish();

        story.Play(run => RunDecider.Cancel(run, new CancelRun("stop"), "ann", story.Now));

        story.Run.State.ShouldBe(RunState.Cancelled);
        story.Claims.ShouldBeEmpty();
        story.Wakes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.TimedOut)]
    public void GivenAStepUnderWay_WhenTheRunEnds_ThenTheTargetIsKeptUntilTheLeaseOfItsWorkerIsOver(RunState end)
    {
        var story = RunStory.Running(Plans.Command("one")).Begin();
        var leaseUntil = story.Run.LeaseUntil!.Value;
        story.After(TimeSpan.FromSeconds(10));

        story.Play(run => end == RunState.Cancelled ? RunDecider.Cancel(run, new CancelRun("stop"), "ann", story.Now) : RunDecider.TimeOut(run, story.Now));

        story.Run.State.ShouldBe(end);
        story.Run.Steps.Single().Status.ShouldBe(StepStatus.Interrupted);
        story.Claims.ShouldBe(["prod/web"]);
        story.Wakes.ShouldBe([new("lease", leaseUntil)]);
        story.Play(run => RunDecider.ReleaseTarget(run, leaseUntil.AddTicks(-1))).Claims.ShouldBe(["prod/web"]);

        story.After(leaseUntil - story.Now).Play(run => RunDecider.ReleaseTarget(run, story.Now));
        story.Claims.ShouldBeEmpty();
        story.Wakes.ShouldBeEmpty();
        var events = story.Events.Count;
        story.Play(run => RunDecider.ReleaseTarget(run, story.Now)).Events.Count.ShouldBe(events, "the wake-up may come twice");
        story.ShouldReplay();
    }

    [Fact]
    public void GivenALongSecretOutput_WhenFinished_ThenRedactedAndCutWithTheNumberOfCharacters()
    {
        var output = "password: hunter2hunter2\n" + string.Concat(Enumerable.Repeat("all is well 😀\n", 2_000));

        var finished = RunStory.Running(Plans.Command("one")).Begin().Finish(output: output).Events.OfType<RunStepFinished>().Single();

        finished.Output!.ShouldNotContain("hunter2");
        finished.Output.ShouldEndWith("characters cut]");
        finished.Output.EnumerateRunes().Count().ShouldBeLessThan(RunLimits.MaxStepText + 40);
    }

    [Fact]
    public void GivenAnOutputThatItsExecutorCut_WhenFinished_ThenItsOwnMarkStays()
    {
        var output = new string('x', RunLimits.MaxStepText) + "\n[99 more characters]";

        RunStory.Running(Plans.Command("one")).Begin().Finish(output: output).Events.OfType<RunStepFinished>().Single().Output.ShouldBe(output);
    }

    [Fact]
    public void GivenAnEventThatIsNotKnown_WhenApplied_ThenItThrows() =>
        Should.Throw<InvalidOperationException>(() => Run.Initial.Apply(new Stranger(), default));

    private sealed record Stranger : RunEvent;
}
