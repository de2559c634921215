using AwoooP.Grains.Tests.Harness;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>Runs with a model to ask, and where a budget that is used up ends them.</summary>
public sealed class ModelRunDeciderTests
{
    [Fact]
    public void GivenAModelStepUnderWay_WhenStoppedForBudget_ThenCancelledWithItsCodeAndTheTargetIsFreeAtOnce()
    {
        var story = RunStory.Running(Plans.Command("one"), Plans.Model()).Begin().Finish().Begin();

        story.Play(run => RunDecider.StopForBudget(run, new StopForBudget("w1", 1), story.Now));

        story.Run.State.ShouldBe(RunState.Cancelled);
        story.Run.ErrorCode.ShouldBe("E-BUDGET-003");
        var step = story.Run.Steps[^1];
        (step.Status, step.ErrorCode).ShouldBe((StepStatus.Failed, "E-BUDGET-003"));
        story.Claims.ShouldBeEmpty();
        story.Wakes.ShouldBeEmpty();
        story.ShouldReplay();
    }

    [Fact]
    public void GivenAModelStepToCome_WhenStoppedForBudget_ThenCancelledWhateverWasDone()
    {
        var story = RunStory.Running(Plans.Command("one", rollback: Plans.Command("undo")), Plans.Model()).Begin().Finish();

        story.Play(run => RunDecider.StopForBudget(run, new StopForBudget("w1", 1), story.Now));

        story.Run.State.ShouldBe(RunState.Cancelled);
        story.Run.Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Succeeded);
        story.Claims.ShouldBeEmpty();
    }

    [Fact]
    public void GivenNoModelAhead_WhenStoppedForBudget_ThenRefusedAndTheRunGoesOn()
    {
        Stop(RunStory.Running(Plans.Command("one"), Plans.Verify())).RefusalCode.ShouldBe("no_model_step");
        Stop(RunStory.Running(Plans.Model(), Plans.Command("one")).Begin().Finish()).RefusalCode.ShouldBe("no_model_step");
        Stop(RunStory.Running(Plans.Model(), Plans.Command("one")).Begin().Finish().Begin()).RefusalCode.ShouldBe("no_model_step");

        var undoing = RunStory.Running(Plans.Command("one", rollback: Plans.Command("undo")), Plans.Command("two"), Plans.Model())
            .Begin().Finish().Begin().Finish(StepStatus.Failed);
        Stop(undoing).RefusalCode.ShouldBe("no_model_step");
        Halt(undoing).RefusalCode.ShouldBe("no_model_step");
        Halt(RunStory.Running(Plans.Model(), Plans.Command("one")).Begin()).RefusalCode.ShouldBe("at_last_model");
        Halt(undoing.Begin()).RefusalCode.ShouldBe("no_model_step");
        undoing.Finish().Events.OfType<RunFailed>().Single().RolledBack.ShouldBeTrue();

        static RunStory Stop(RunStory story) => story.Play(run => RunDecider.StopForBudget(run, new StopForBudget("w1", 1), story.Now));
    }

    [Fact]
    public void GivenAnotherStepUnderWayBeforeAModel_WhenHalted_ThenCancelledAndTheTargetIsKeptUntilTheLeaseIsOver()
    {
        var story = RunStory.Running(Plans.Command("one"), Plans.Model()).Begin();
        var leaseUntil = story.Run.LeaseUntil!.Value;

        Halt(story);

        (story.Run.State, story.Run.ErrorCode).ShouldBe((RunState.Cancelled, "E-BUDGET-003"));
        story.Run.Steps.Single().Status.ShouldBe(StepStatus.Interrupted);
        story.Events.OfType<RunCancelled>().Single().By.ShouldBe("platform");
        story.Claims.ShouldBe(["prod/web"]);
        story.Wakes.ShouldBe([new("lease", leaseUntil)]);
        story.After(leaseUntil - story.Now).Play(run => RunDecider.ReleaseTarget(run, story.Now)).Claims.ShouldBeEmpty();
        story.ShouldReplay();
    }

    /// <summary>Those who look for a project's runs that ask models find them from the first commit to the last.</summary>
    [Fact]
    public void GivenAModelInThePlan_WhenTheRunLives_ThenItIsNamedAmongThoseThatAskModels()
    {
        var story = RunStory.Pending(Plans.Model(), Plans.Wait(5));
        story.Claims.ShouldBe([$"{Plans.RunId}"]);
        story.Claim("w1").Prepared().Begin().Finish().Begin();
        story.Claims.ShouldBe([$"{Plans.RunId}", "prod/web"], ignoreOrder: true);

        story.After(TimeSpan.FromSeconds(5)).Claim("w1").Run.State.ShouldBe(RunState.Completed);

        story.Claims.ShouldBeEmpty();
        RunStory.Pending(Plans.Command("one")).Claims.ShouldBeEmpty();
    }

    /// <summary>The kill is told late, and models are called again: what was made under the raised limit has nothing to do with it.</summary>
    [Fact]
    public void GivenAKillThatIsLifted_WhenHalted_ThenOnlyWhatWasMadeBeforeItIsStopped()
    {
        var story = RunStory.Pending(Plans.Model());

        story.Play(run => RunDecider.HaltForBudget(run, new HaltForBudget(story.Now.AddTicks(-1)), "platform", story.Now)).RefusalCode.ShouldBe("run_made_later");
        story.Run.State.ShouldBe(RunState.Pending);

        story.Play(run => RunDecider.HaltForBudget(run, new HaltForBudget(story.Now), "platform", story.Now)).Run.State.ShouldBe(RunState.Cancelled);
    }

    [Theory]
    [InlineData("E-BUDGET-002", "E-BUDGET-002")]
    [InlineData("model_price_unknown", "E-STEP-FAILED")]
    public void GivenAModelStepThatFails_WhenFinished_ThenTheRunFailsWithTheBudgetsCodeOnlyWhereItsCapIsReached(string code, string expected) =>
        RunStory.Running(Plans.Model()).Begin().Finish(StepStatus.Failed, error: code).Run.ErrorCode.ShouldBe(expected);

    [Fact]
    public void GivenAModelStepUnderWay_WhenTheLeaseIsLost_ThenItIsAskedAgain()
    {
        var story = RunStory.Running(Plans.Model()).Begin().After(RunLimits.Lease);

        story.Play(run => RunDecider.LoseLease(run, story.Now)).Run.State.ShouldBe(RunState.Pending);

        story.Claim("w2").Prepared().Begin().Finish().Run.State.ShouldBe(RunState.Completed);
    }

    private static RunStory Halt(RunStory story) => story.Play(run => RunDecider.HaltForBudget(run, new HaltForBudget(null), "platform", story.Now));
}
