using System.Text.Json;
using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A call of this process whose caller awaits a value.</summary>
internal sealed class AwaitedFunction<TResult>(GrainReference reference, GrainFunction<TResult> call, Turn? caller)
    : FunctionRequest<TResult>(reference, call, caller, RequestContext.Current), IOutboundCall
{
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Answer => _answer.Task;

    public override bool IsAnswered => _answer.Task.IsCompleted;

    public void Complete(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            if (_answer.TrySetResult(GrainArguments.Read<TResult>(ref reader, Host.Engine.Options.Messages)))
                Disarm();
        }
        catch (Exception unreadable)
        {
            Fail(unreadable);
        }
    }

    protected override bool TrySetResult(TResult result) => _answer.TrySetResult(result);

    protected override bool TrySetException(Exception exception) => _answer.TrySetException(exception);

    protected override bool TrySetCanceled(CancellationToken token) => _answer.TrySetCanceled(token);
}
