using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A call from another process; that it is done goes back over the wire.</summary>
internal sealed class ReceivedAction(GrainReference reference, GrainAction call, Reply reply)
    : ActionRequest(reference, call, null, reply.To.Values), IInboundCall
{
    public override Reply Reply => reply;

    public override bool IsAnswered => reply.IsGiven;

    protected override bool TrySetDone() => reply.TryAnswer();

    protected override bool TrySetException(Exception exception) => reply.TryFail(exception, HasRun);

    protected override bool TrySetCanceled(CancellationToken token) => reply.TryFail(new OperationCanceledException(token), HasRun);
}
