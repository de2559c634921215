using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>Random histories: whatever is asked in whatever order, the invariants hold, and a replay leads to the same state.</summary>
public sealed class RunHistoryTests
{
    private const int Histories = 400;
    private const int Commands = 60;

    [Fact]
    public void GivenAnyHistory_WhenPlayed_ThenTheInvariantsHoldAndReplayEqualsLive()
    {
        var ends = new HashSet<RunState>();
        for (var seed = 0; seed < Histories; seed++)
        {
            var random = new Random(seed);
            var story = RunStory.Pending([.. Enumerable.Range(0, random.Next(1, 5)).Select(i => Step(random, i))]);
            for (var i = 0; i < Commands; i++)
            {
                var before = story.Run;
                PlayOne(story, random);
                Check(before, story, $"history {seed}, command {i}");
            }

            ends.Add(story.Run.State);
            story.ShouldReplay();
        }

        ends.ShouldContain(RunState.Completed);
        ends.ShouldContain(RunState.Failed);
        ends.ShouldContain(RunState.Cancelled);
        ends.ShouldContain(RunState.TimedOut);
    }

    private static void Check(Run before, RunStory story, string where)
    {
        var run = story.Run;
        if (before.IsTerminal)
            run.ShouldBe(before with { HoldsTarget = run.HoldsTarget, TargetHeldUntil = run.TargetHeldUntil }, where);

        (run.State == RunState.Running).ShouldBe(run.LeaseOwner is not null, where);
        run.Attempt.ShouldBeInRange(before.Attempt, before.Attempt + 1, where);
        if (run.Attempt > before.Attempt)
            story.Events[^1].ShouldBeOfType<RunLeaseLost>(where);
        run.Attempt.ShouldBeLessThanOrEqualTo(run.MaxAttempts, where);
        run.HoldsTarget.ShouldBe(story.Claims.Count == 1, where);
        run.Steps.Count(step => step.Status == StepStatus.Started).ShouldBeLessThanOrEqualTo(1, where);
        story.Wakes.ContainsKey("lease").ShouldBe(run.State == RunState.Running || run.TargetHeldUntil is not null, where);
        story.Wakes.ContainsKey("offer").ShouldBe(run.State is RunState.Pending or RunState.WaitingTool, where);
        if (run.IsTerminal && !run.HoldsTarget)
        {
            story.Claims.ShouldBeEmpty(where);
            story.Wakes.ShouldBeEmpty(where);
        }
    }

    private static RepairStep Step(Random random, int number) => random.Next(4) switch
    {
        0 => Plans.Wait(random.Next(1, 40), $"wait-{number}"),
        1 => Plans.Verify($"verify-{number}"),
        _ => Plans.Command($"step-{number}", random.Next(2) == 0, random.Next(2) == 0 ? Plans.Command($"undo-{number}", random.Next(2) == 0) : null),
    };

    private static void PlayOne(RunStory story, Random random)
    {
        var worker = $"w{random.Next(3)}";
        switch (random.Next(14))
        {
            case 0 or 1:
                story.Claim(worker);
                break;
            case 2:
                if (story.Run.LeaseOwner is not null)
                    story.Prepared();
                break;
            case 3 or 4 or 5:
                if (story.Run.LeaseOwner is not null)
                    story.Begin();
                break;
            case 6 or 7 or 8:
                story.Finish(random.Next(8) == 0 ? StepStatus.Failed : StepStatus.Succeeded);
                break;
            case 9:
                story.After(TimeSpan.FromSeconds(random.Next(1, 25)));
                break;
            case 10:
                story.Play(run => run.IsTerminal ? RunDecider.ReleaseTarget(run, story.Now) : RunDecider.LoseLease(run, story.Now));
                break;
            case 11:
                story.Play(run => RunDecider.Heartbeat(run, new RunHeartbeat(worker, run.Attempt), story.Now));
                break;
            case 12:
                story.Play(run => RunDecider.Yield(run, new YieldRun(worker, run.Attempt, "paused"), story.Now));
                break;
            default:
                if (random.Next(8) == 0)
                    story.Play(run => random.Next(2) == 0 ? RunDecider.Cancel(run, new CancelRun(null), "ann", story.Now) : RunDecider.TimeOut(run, story.Now));
                break;
        }
    }
}
