using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A call from another process; that it is done goes back over the wire.</summary>
internal sealed class ReceivedAction(GrainReference reference, GrainAction call, Reply reply)
    : ActionRequest(reference, call, null, reply.To.Values)
{
    public override Reply Reply => reply;

    public override bool IsAnswered => reply.IsGiven;

    public override void Complete(ReadOnlySpan<byte> payload) => reply.TryPass(payload);

    protected override bool TrySetDone() => reply.TryPass([]);

    protected override bool TrySetException(Exception exception) => reply.TryFail(exception, HasRun);

    protected override bool TrySetCanceled(CancellationToken token) => reply.TryFail(new OperationCanceledException(token), HasRun);
}
