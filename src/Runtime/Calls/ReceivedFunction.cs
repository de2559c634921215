using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A call from another process; its value goes back over the wire.</summary>
internal sealed class ReceivedFunction<TResult>(GrainReference reference, GrainFunction<TResult> call, Reply reply)
    : FunctionRequest<TResult>(reference, call, null, reply.To.Values), IInboundCall
{
    public override Reply Reply => reply;

    public override bool IsAnswered => reply.IsGiven;

    protected override bool TrySetResult(TResult result) => reply.TryAnswer(result);

    protected override bool TrySetException(Exception exception) => reply.TryFail(exception, HasRun);

    protected override bool TrySetCanceled(CancellationToken token) => reply.TryFail(new OperationCanceledException(token), HasRun);
}
