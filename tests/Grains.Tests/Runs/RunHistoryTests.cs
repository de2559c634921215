using AwoooP.Aggregates;
using AwoooP.Brakes;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Runs;
using FsCheck;
using FsCheck.Fluent;
using RunMove = AwoooP.Grains.Tests.Harness.Move<AwoooP.Runs.Run, AwoooP.Runs.RunEvent>;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>Random histories of workers that come, fall silent and speak out of turn, of brakes, people and time.</summary>
public sealed class RunHistoryTests
{
    [Fact]
    public void GivenAnyHistory_WhenPlayed_ThenTheInvariantsHold()
    {
        var visited = new HashSet<RunState>();
        var told = new HashSet<Type>();
        Histories.Hold(Create, Moves, history =>
        {
            visited.Add(history.State.State);
            told.UnionWith(history.Decision.Events.Select(raised => raised.GetType()));
            Check(history);
        });

        visited.ShouldBe(Enum.GetValues<RunState>(), ignoreOrder: true);
        told.ShouldBe(RunEventTypes.All.Select(type => type.ClrType), ignoreOrder: true);
    }

    private static void Check(History<Run, RunEvent> history)
    {
        var (before, run) = (history.Before, history.State);
        if (before.IsTerminal)
            run.ShouldBe(before with { HoldsTarget = run.HoldsTarget, Seat = run.Seat, TargetHeldUntil = run.TargetHeldUntil });

        (run.LeaseOwner is not null).ShouldBe(run.State is RunState.Running);
        run.Attempt.ShouldBeLessThanOrEqualTo(run.MaxAttempts);
        if (before.Attempt > 0)
            run.Attempt.ShouldBe(before.Attempt + history.Decision.Events.Count(raised => raised is RunLeaseLost));

        history.Claims.ShouldBe(ClaimsOf(run), ignoreOrder: true);
        (run.Seat is not null).ShouldBe(run.HoldsTarget);
        if (run.IsShadow)
            run.HoldsTarget.ShouldBeFalse();
        if (run is { HasBegunSteps: true, IsTerminal: false, IsShadow: false })
            run.HoldsTarget.ShouldBeTrue("what is half repaired was given to others");

        history.Wakes.Contains(RunWakes.Lease).ShouldBe(run.State is RunState.Running || run.TargetHeldUntil is not null);
        history.Wakes.Contains(RunWakes.Offer).ShouldBe(run.State is RunState.Pending or RunState.WaitingTool);
        history.Wakes.Contains(RunWakes.Total).ShouldBe(run is { IsTerminal: false, State: not (RunState.None or RunState.WaitingApproval) });

        if (history.Decision.Events.Any(raised => raised is RunStepBegun))
            (before.DryRunPassed || before.IsShadow).ShouldBeTrue();
        if (history.Decision.Events.Any(raised => raised is RunCancelled { ErrorCode: RunErrors.BudgetUsedUp }))
            CheckStoppedForBudget(before);
        if (run.Plan is not null)
            CheckEffects(history, run.Plan);
    }

    private static IEnumerable<string> ClaimsOf(Run run)
    {
        if (run is { HoldsTarget: true, Plan: { } plan })
            foreach (var claim in (string[])[$"{RunClaims.Target}/{plan.Target}", $"active_runs/{run.Seat}"])
                yield return claim;
        if (run is { IsTerminal: false, Plan: { } asking } && asking.Steps.Any(step => step is ModelStep))
            yield return $"{RunClaims.Model}/{asking.RunId}";
    }

    /// <summary>Work by rules goes on: only a run that was at a model step, or had one before it and no fault behind it, is stopped.</summary>
    private static void CheckStoppedForBudget(Run before)
    {
        var done = before.Steps.Count(step => step is { Phase: StepPhase.Forward, Status: StepStatus.Succeeded });
        before.Fault.ShouldBeNull();
        before.Plan!.Steps.Skip(done).Any(step => step is ModelStep).ShouldBeTrue();
    }

    private static void CheckEffects(History<Run, RunEvent> history, RepairPlan plan)
    {
        var ledger = new StepLedger(plan);
        foreach (var raised in history.Events)
            ledger.Take(raised);
    }

    private static Seat FreeSeat => Seat.Find(Quota.ActiveRuns, 3, [], 1);

    private static Gen<RunMove> Create =>
        from plan in Step.ListOf(3).Select(steps => Plans.Of([.. steps])).Or(Step.ListOf(1).Select(steps => Plans.Of([.. steps])))
        from approval in Gen.Elements(true, false)
        from shadow in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from attempts in Gen.Elements(1, 3, 3)
        select new RunMove(
            TimeSpan.Zero,
            $"create: {string.Join(", ", plan.Steps)}",
            (run, now) => RunDecider.Create(run, new CreateRun(plan, approval, shadow, "repair", null, 0, attempts), "platform", "trace", now));

    private static Gen<RepairStep> Step => Gen.Frequency(
        (1, Gen.Choose(1, 40).Select(RepairStep (seconds) => Plans.Wait(seconds))),
        (1, Gen.Constant<RepairStep>(Plans.Verify())),
        (1, Gen.Constant<RepairStep>(Plans.Model())),
        (3, from repeats in Gen.Elements(true, false)
            from undo in Gen.Elements(null, Plans.Command("undo"), Plans.Command("undo", idempotent: true))
            select (RepairStep)Plans.Command("act", repeats, undo)));

    private static Gen<string> Worker => Gen.Frequency((5, Gen.Constant("w1")), (1, Gen.Constant("w2")));

    private static Gen<PauseEntry?> Pause => Gen.Frequency(
        (9, Gen.Constant<PauseEntry?>(null)), (1, Gen.Constant<PauseEntry?>(new PauseEntry("ann", "Migration.", DateTimeOffset.UnixEpoch))));

    private static Gen<TimeSpan> Seconds => Gen.Frequency((8, Gen.Constant(0)), (3, Gen.Choose(1, 10)), (1, Gen.Choose(10, 60))).Select(seconds => TimeSpan.FromSeconds(seconds));

    /// <summary>What the state calls for, so that histories get far; all else comes in between.</summary>
    private static Gen<RunMove> GoOn =>
        from toolCall in Gen.Choose(1, 9999)
        from status in Gen.Frequency((6, Gen.Constant(StepStatus.Succeeded)), (1, Gen.Elements(StepStatus.Failed, StepStatus.TimedOut)))
        from after in Seconds
        select new RunMove(after, $"go on; a step ends {status}", (run, now) => run switch
        {
            { State: RunState.WaitingApproval } => RunDecider.Release(run, new ReleaseRun(Plans.ApprovalId), now),
            { State: RunState.Pending or RunState.WaitingTool } => RunDecider.Claim(run, new ClaimRun("w1"), null, now, FreeSeat),
            { LeaseOwner: { } worker, UnderWay: { } step } =>
                RunStepDecider.Finish(run, new FinishStep(worker, run.Attempt, step.StepNo, step.Phase, status, "done", null, 5), now),
            { LeaseOwner: { } worker, DryRunPassed: false } => RunStepDecider.RecordDryRun(run, new RecordDryRun(worker, run.Attempt, [])),
            { LeaseOwner: { } worker } when RunPath.Next(run) is { } next =>
                RunStepDecider.Begin(run, new BeginStep(worker, run.Attempt, next.StepNo, next.Phase), null, ToolCall(toolCall), now),
            _ => Decision<RunEvent>.Nothing,
        });

    private static Gen<RunMove> Moves => Gen.Frequency(
        (1, Create),
        (30, GoOn),
        (2, Of("release", from approval in Gen.Frequency((5, Gen.Constant(Plans.ApprovalId)), (1, Gen.Constant(Plans.RunId)))
                          select Decide((run, now) => RunDecider.Release(run, new ReleaseRun(approval), now)))),
        (1, Of("deny", from denial in Gen.Elements(Enum.GetValues<ApprovalDenial>())
                       select Decide((run, _) => RunDecider.Deny(run, new DenyRun(Plans.ApprovalId, denial, null), "platform")))),
        (3, Of("claim", from worker in Worker
                        from pause in Pause
                        select Decide((run, now) => RunDecider.Claim(run, new ClaimRun(worker), pause, now, FreeSeat)))),
        (2, Word("dry run", from passed in Gen.Frequency((15, Gen.Constant(true)), (1, Gen.Constant(false)))
                            select Say((run, worker, attempt, _) => RunStepDecider.RecordDryRun(
                                run, new RecordDryRun(worker, attempt, [new DryRunCheck(1, StepPhase.Forward, "command", "act", passed, null)]))))),
        (3, Word("begin", from pause in Pause
                           from phase in Gen.Frequency((19, Gen.Constant<StepPhase?>(null)), (1, Gen.Constant<StepPhase?>(StepPhase.Rollback)))
                           from toolCall in Gen.Choose(1, 9999)
                           select Say((run, worker, attempt, now) => RunStepDecider.Begin(
                               run,
                               new BeginStep(worker, attempt, RunPath.Next(run)?.StepNo ?? 1, phase ?? RunPath.Next(run)?.Phase ?? StepPhase.Forward),
                               pause,
                               ToolCall(toolCall),
                               now)))),
        (3, Word("finish", from status in Gen.Frequency(
                                (8, Gen.Constant(StepStatus.Succeeded)),
                                (2, Gen.Elements(StepStatus.Failed, StepStatus.TimedOut)),
                                (1, Gen.Elements(StepStatus.Interrupted, StepStatus.Started)))
                            select Say((run, worker, attempt, now) => RunStepDecider.Finish(
                                run,
                                new FinishStep(worker, attempt, run.UnderWay?.StepNo ?? 1, run.UnderWay?.Phase ?? StepPhase.Forward, status, "done", null, 5),
                                now)))),
        (2, Word("heartbeat", Gen.Constant(Say((run, worker, attempt, now) => RunDecider.Heartbeat(run, new RunHeartbeat(worker, attempt), now))))),
        (1, Word("yield", Gen.Constant(Say((run, worker, attempt, now) => RunDecider.Yield(run, new YieldRun(worker, attempt, "paused"), now))))),
        (1, Word("abandon", Gen.Constant(Say((run, worker, attempt, _) => RunDecider.Abandon(run, new AbandonRun(worker, attempt, "quiet")))))),
        (1, Word("stop for budget", Gen.Constant(Say((run, worker, attempt, now) => RunDecider.StopForBudget(run, new StopForBudget(worker, attempt), now))))),
        (1, Of("halt for budget", from madeBy in Gen.Elements<DateTimeOffset?>(null, DateTimeOffset.UnixEpoch)
                                  select Decide((run, now) => RunDecider.HaltForBudget(run, new HaltForBudget(madeBy), "platform", now)))),
        (4, from silence in Gen.Elements(TimeSpan.Zero, RunLimits.Lease)
            select new RunMove(
                silence, "the lease's wake-up", (run, now) => run.IsTerminal ? RunDecider.ReleaseTarget(run, now) : RunDecider.LoseLease(run, now))),
        (1, Of("cancel or time out", from cancel in Gen.Elements(true, true, false)
                                     select Decide((run, now) => cancel
                                         ? RunDecider.Cancel(run, new CancelRun(null), "ann", now)
                                         : RunDecider.TimeOut(run, now)))));

    private static Gen<RunMove> Of(string name, Gen<Func<Run, DateTimeOffset, Decision<RunEvent>>> decisions) =>
        from decide in decisions
        from after in Seconds
        select new RunMove(after, name, decide);

    /// <summary>What a worker says, mostly the one that holds the lease and in its attempt; of anyone else nothing is accepted.</summary>
    private static Gen<RunMove> Word(string name, Gen<Func<Run, string, int, DateTimeOffset, Decision<RunEvent>>> words) =>
        from say in words
        from stranger in Gen.Frequency((12, Gen.Constant<string?>(null)), (1, Worker.Select(string? (worker) => worker)))
        from late in Gen.Frequency((12, Gen.Constant(0)), (1, Gen.Constant(1)))
        from after in Seconds
        select new RunMove(after, $"{stranger ?? "its worker"}: {name}", (run, now) =>
        {
            var (worker, attempt) = (stranger ?? run.LeaseOwner ?? "w1", run.Attempt - late);
            var decision = say(run, worker, attempt, now);
            if (decision.Refusal is null)
                run.IsLeasedTo(worker, attempt).ShouldBeTrue();
            return decision;
        });

    private static Guid ToolCall(int number) => Guid.Parse($"01990000-0000-7000-8000-00000000{number:0000}");

    private static Func<Run, DateTimeOffset, Decision<RunEvent>> Decide(Func<Run, DateTimeOffset, Decision<RunEvent>> decide) => decide;

    private static Func<Run, string, int, DateTimeOffset, Decision<RunEvent>> Say(Func<Run, string, int, DateTimeOffset, Decision<RunEvent>> say) => say;
}
