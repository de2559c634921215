using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A call of this process whose caller awaits that it is done.</summary>
internal sealed class AwaitedAction(GrainReference reference, GrainAction call, Turn? caller)
    : ActionRequest(reference, call, caller, RequestContext.Current), IOutboundCall
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Answer => _answer.Task;

    public override bool IsAnswered => _answer.Task.IsCompleted;

    public void Complete(ReadOnlySpan<byte> payload)
    {
        if (_answer.TrySetResult())
            Disarm();
    }

    protected override bool TrySetDone() => _answer.TrySetResult();

    protected override bool TrySetException(Exception exception) =>
        Call.Method.IsOneWay ? _answer.TrySetResult() : _answer.TrySetException(exception);

    protected override bool TrySetCanceled(CancellationToken token) => _answer.TrySetCanceled(token);
}
