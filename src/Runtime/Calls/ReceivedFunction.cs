using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A call from another process; its value goes back over the wire.</summary>
internal sealed class ReceivedFunction<TResult>(GrainReference reference, GrainFunction<TResult> call, ReceivedCall received, LinkCalls link)
    : FunctionRequest<TResult>(reference, call, null, received.Values), IReceivedRequest
{
    private Reply _reply = new(received, link);

    public LinkCalls Link => link;

    public override bool IsAnswered => _reply.IsGiven;

    public override IReadOnlyList<WaitingCaller> Ancestors => received.Callers;

    public override bool IsAwaitedByGrain => received.Callers.Count > 0;

    public override int Hops => received.Hops + 1;

    public override System.Diagnostics.ActivityContext Trace => received.Trace;

    public override TimeSpan Patience => received.Patience;

    public override void Complete(ReadOnlySpan<byte> payload)
    {
        if (_reply.TryGive())
            _reply.Send(payload);
    }

    protected override bool TrySetResult(TResult result)
    {
        if (!_reply.TryGive())
            return false;
        _reply.SendResult(result);
        return true;
    }

    protected override bool TrySetException(Exception exception) => _reply.TryFail(exception, HasRun);

    protected override bool TrySetCanceled(CancellationToken token) => _reply.TryFail(new OperationCanceledException(token), HasRun);
}
