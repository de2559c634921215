using System.Text.Json;
using AwoooP.Aggregates;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>One run told command by command on the pure core, with the wake-ups and claims that its commits leave behind.</summary>
internal sealed class RunStory
{
    private readonly List<(RunEvent Event, DateTimeOffset At)> _events = [];

    public Run Run { get; private set; } = Run.Initial;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<RunEvent> Events => [.. _events.Select(entry => entry.Event)];

    public Dictionary<string, DateTimeOffset> Wakes { get; } = [];

    public HashSet<string> Claims { get; } = [];

    public string? RefusalCode { get; private set; }

    public static RunStory Pending(params RepairStep[] steps)
    {
        var story = new RunStory();
        story.Play(run => RunDecider.Create(run, new CreateRun(Plans.Of(steps), false, false, "repair", null), "platform", "trace", story.Now));
        return story;
    }

    /// <summary>Claimed, and its dry run has passed.</summary>
    public static RunStory Running(params RepairStep[] steps) => Pending(steps).Claim("w1").Prepared();

    public RunStory After(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public RunStory Claim(string worker, AwoooP.Brakes.PauseEntry? pause = null) => Play(run => RunDecider.Claim(run, new ClaimRun(worker), pause, Now));

    public RunStory Prepared() => Play(run => RunStepDecider.RecordDryRun(
        run, new RecordDryRun(run.LeaseOwner!, run.Attempt, [new DryRunCheck(1, StepPhase.Forward, "command", "one", true, null)])));

    public RunStory Begin(AwoooP.Brakes.PauseEntry? pause = null) => RunPath.Next(Run) is { } next
        ? Play(run => RunStepDecider.Begin(run, new BeginStep(run.LeaseOwner!, run.Attempt, next.StepNo, next.Phase), pause, Guid.CreateVersion7(Now), Now))
        : this;

    public RunStory Finish(StepStatus status = StepStatus.Succeeded, string? output = null, string? error = null) => Run.UnderWay is { } step
        ? Play(run => RunStepDecider.Finish(run, new FinishStep(run.LeaseOwner ?? "nobody", run.Attempt, step.StepNo, step.Phase, status, output, error, 5), Now))
        : this;

    public RunStory Play(Func<Run, Decision<RunEvent>> decide)
    {
        var decision = decide(Run);
        RefusalCode = decision.Refusal?.Code;
        foreach (var raised in decision.Events)
        {
            Run = Run.Apply(raised, Now);
            _events.Add((raised, Now));
        }

        foreach (var wake in decision.Wakes)
            Set(wake);
        foreach (var claim in decision.Claims)
        {
            if (claim.Change.Release)
                Claims.Remove(claim.Change.Key).ShouldBeTrue();
            else
                Claims.Add(claim.Change.Key).ShouldBeTrue();
        }

        return this;
    }

    /// <summary>The state that a replay of the events, and a round trip of the snapshot, lead to.</summary>
    public void ShouldReplay()
    {
        var replayed = _events.Aggregate(Run.Initial, (run, entry) => run.Apply(entry.Event, entry.At));
        var live = JsonSerializer.Serialize(Run, Run.Json);
        JsonSerializer.Serialize(replayed, Run.Json).ShouldBe(live);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(live, Run.Json)!, Run.Json).ShouldBe(live);
    }

    private void Set(WakeChange wake)
    {
        if (wake.DueAt is { } due)
            Wakes[wake.Name] = due;
        else
            Wakes.Remove(wake.Name).ShouldBeTrue($"the wake-up {wake.Name} was cleared and never set");
    }
}
