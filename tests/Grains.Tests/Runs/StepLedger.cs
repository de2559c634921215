using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>
/// What a worker may have done to the target, kept apart from the run's own state: a step may have its effect from the moment at which its intent is durable.
/// It complains of every effect that the plan and what happened before do not call for.
/// </summary>
internal sealed class StepLedger(RepairPlan plan)
{
    private readonly Dictionary<(int StepNo, StepPhase Phase), int> _begun = [];
    private readonly HashSet<(int StepNo, StepPhase Phase)> _succeeded = [];
    private RunStepBegun? _open;
    private bool _failed;

    public void Take(RunEvent raised)
    {
        switch (raised)
        {
            case RunStepBegun begun:
                Begin(begun);
                break;
            case RunStepFinished finished:
                Finish(finished);
                break;
            case RunCompleted:
                _open.ShouldBeNull();
                _succeeded.Count.ShouldBe(plan.Steps.Count);
                break;
        }
    }

    private void Begin(RunStepBegun begun)
    {
        var step = RunPath.StepOf(plan, begun.StepNo, begun.Phase);
        var key = (begun.StepNo, begun.Phase);
        _open.ShouldBeNull("two steps were under way at once");
        _open = begun;
        _begun[key] = _begun.GetValueOrDefault(key) + 1;
        if (!StepKinds.MayRepeat(step))
            _begun[key].ShouldBe(1, $"{key} was begun again");

        _succeeded.ShouldNotContain(key);
        var before = Enumerable.Range(1, plan.Steps.Count).Where(number => begun.Phase is StepPhase.Forward ? number < begun.StepNo : number > begun.StepNo);
        if (begun.Phase is StepPhase.Forward)
        {
            _failed.ShouldBeFalse("a step was begun after one that failed");
            before.All(number => _succeeded.Contains((number, StepPhase.Forward))).ShouldBeTrue($"{key} was begun too early");
        }
        else
        {
            _failed.ShouldBeTrue("rolled back without a failure");
            _succeeded.ShouldContain((begun.StepNo, StepPhase.Forward));
            before.All(IsUndone).ShouldBeTrue($"{key} was rolled back too early");
        }
    }

    private void Finish(RunStepFinished finished)
    {
        var open = _open.ShouldNotBeNull("an effect without an intent");
        (open.StepNo, open.Phase, open.Attempt).ShouldBe((finished.StepNo, finished.Phase, finished.Attempt));
        _open = null;
        if (finished.Status is StepStatus.Succeeded)
            _succeeded.Add((finished.StepNo, finished.Phase));
        else if (finished is { Phase: StepPhase.Forward, Status: not StepStatus.Interrupted })
            _failed = true;
    }

    private bool IsUndone(int stepNo) =>
        !_succeeded.Contains((stepNo, StepPhase.Forward))
        || plan.Steps[stepNo - 1].Rollback is null
        || _succeeded.Contains((stepNo, StepPhase.Rollback));
}
