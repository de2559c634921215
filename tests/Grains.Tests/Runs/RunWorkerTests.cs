using AwoooP.Grains.Tests.Harness;
using AwoooP.Runs;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>The worker around an effect that takes its time: time-out, lost lease, and the silo's stop.</summary>
public sealed class RunWorkerTests
{
    /// <summary>Ends a test that hangs; no test depends on it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly GateExecutor _gate = new("command");

    [Fact]
    public async Task Step_OverItsTime_IsCutOffAndTheRunFailsByTimeOut()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("slow") with { TimeoutSeconds = 5 }));
        await platform.ReleaseAsync();
        var job = Jobs(platform).Create(Offer, "worker:1").ExecuteAsync(default, default);
        await _gate.Begun.WaitAsync(Patience);

        platform.Clock.Advance(TimeSpan.FromSeconds(5));
        await job.WaitAsync(Patience);

        var run = await platform.ReadRunAsync();
        run.ErrorCode.ShouldBe(RunErrors.StepTimedOut);
        run.Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.TimedOut);
    }

    [Fact]
    public async Task Heartbeat_Refused_CutsOffTheEffectAndRecordsNothingMore()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("slow")));
        await platform.ReleaseAsync();
        var job = Jobs(platform).Create(Offer, "worker:1").ExecuteAsync(default, default);
        await _gate.Begun.WaitAsync(Patience);
        await platform.AcceptedAsync(platform.Run.CancelAsync, new CancelRun("stop"));

        platform.Clock.Advance(RunLimits.Heartbeat);
        await _gate.CutOff.WaitAsync(Patience);
        await job.WaitAsync(Patience);

        var run = await platform.ReadRunAsync();
        run.State.ShouldBe(RunState.Cancelled);
        run.Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Interrupted);
    }

    [Fact]
    public async Task Effect_WhenNoHeartbeatGetsThrough_IsCutOffBeforeTheLeaseIsOver()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("slow")));
        await platform.ReleaseAsync();
        var life = new WorkerLife();
        var job = Jobs(platform, new MortalGrains(platform, life)).Create(Offer, "worker:1").ExecuteAsync(default, default);
        await _gate.Begun.WaitAsync(Patience);
        life.Die();

        platform.Clock.Advance(RunLimits.WorkerLease);
        await _gate.CutOff.WaitAsync(Patience);
        await job.WaitAsync(Patience);

        var run = await platform.ReadRunAsync();
        run.State.ShouldBe(RunState.Running);
        run.LeaseUntil!.Value.ShouldBeGreaterThan(platform.Now);
    }

    [Fact]
    public async Task Heartbeats_WhileAnEffectTakesLong_KeepTheLease()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("slow")));
        await platform.ReleaseAsync();
        var job = Jobs(platform).Create(Offer, "worker:1").ExecuteAsync(default, default);
        await _gate.Begun.WaitAsync(Patience);
        for (var beat = 1; beat <= 4; beat++)
        {
            platform.Clock.Advance(RunLimits.Heartbeat);
            await Eventually.BecomesTrueAsync(
                () => platform.Journal.Events.Count(recorded => recorded.Type == "run.heartbeat_received") == beat, $"heartbeat {beat} got through");
            await platform.FireDueWakesAsync();
        }

        _gate.End(StepOutcome.Success());
        await job.WaitAsync(Patience);

        var run = await platform.ReadRunAsync();
        run.State.ShouldBe(RunState.Completed);
        run.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Stop_WhileAnEffectIsUnderWay_RecordsItsOutcomeAndGivesTheRunBack()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("slow"), Plans.Verify()));
        await platform.ReleaseAsync();
        var (worker, offers) = Worker(platform);
        await worker.StartAsync(CancellationToken.None);
        offers.Offer(Offer);
        await _gate.Begun.WaitAsync(Patience);

        var stop = worker.StopAsync(CancellationToken.None);
        stop.IsCompleted.ShouldBeFalse();
        _gate.End(StepOutcome.Success());
        await stop.WaitAsync(Patience);

        var run = await platform.ReadRunAsync();
        run.State.ShouldBe(RunState.Pending);
        run.Attempt.ShouldBe(1);
        run.Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Succeeded);
    }

    [Fact]
    public async Task Stop_WhenAnEffectOutlastsTheGrace_LeavesItToTheLease()
    {
        await using var platform = new RunPlatform(Plans.Of(Plans.Command("slow")));
        await platform.ReleaseAsync();
        var (worker, offers) = Worker(platform);
        await worker.StartAsync(CancellationToken.None);
        offers.Offer(Offer);
        await _gate.Begun.WaitAsync(Patience);

        var stop = worker.StopAsync(CancellationToken.None);
        platform.Clock.Advance(new RunWorkerOptions().ShutdownGrace);
        await stop.WaitAsync(Patience);

        var run = await platform.ReadRunAsync();
        run.State.ShouldBe(RunState.Running);
        run.Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Started);
    }

    private static RunOffer Offer => new(Plans.Project, Plans.RunId.ToString());

    private (RunWorker Worker, RunOfferQueue Offers) Worker(RunPlatform platform)
    {
        var offers = new RunOfferQueue();
        return (new RunWorker(offers, Jobs(platform), Options.Create(new RunWorkerOptions()), platform.Clock, NullLogger<RunWorker>.Instance), offers);
    }

    private RunJobFactory Jobs(RunPlatform platform, IGrainFactory? grains = null)
    {
        IStepExecutor[] executors = [_gate, new LedgerExecutor("verify", new WorkerLife(), platform.Ledger)];
        var steps = new StepRunner(executors, platform.Clock, NullLogger<StepRunner>.Instance);
        return new RunJobFactory(grains ?? platform, new RunChecks(grains ?? platform), steps, platform.Clock, NullLogger<RunJob>.Instance);
    }
}
