using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>An executor whose effect begins and then waits for the test to let it end.</summary>
internal sealed class GateExecutor(string kind) : IStepExecutor
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cutOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StepOutcome> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Kind => kind;

    public Task Begun => _begun.Task;

    public Task CutOff => _cutOff.Task;

    public void End(StepOutcome outcome) => _end.SetResult(outcome);

    public async Task<StepOutcome> ExecuteAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        _begun.TrySetResult();
        try
        {
            return await _end.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _cutOff.TrySetResult();
            throw;
        }
    }

    public Task<StepOutcome> DryRunAsync(RepairStep step, StepContext context, CancellationToken cancellationToken) => Task.FromResult(StepOutcome.Success());
}
