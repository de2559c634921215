using System.Text.Json;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A call of this process whose caller awaits a value.</summary>
internal sealed class AwaitedFunction<TResult>(GrainReference reference, GrainFunction<TResult> call, Turn? caller)
    : FunctionRequest<TResult>(reference, call, caller, RequestContext.Current)
{
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Answer => _answer.Task;

    public override bool IsAnswered => _answer.Task.IsCompleted;

    public override void Complete(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        if (_answer.TrySetResult(GrainArguments.Read<TResult>(ref reader, Host.Engine.Options.Messages)))
            Disarm();
    }

    protected override bool TrySetResult(TResult result) => _answer.TrySetResult(result);

    protected override bool TrySetException(Exception exception) => _answer.TrySetException(exception);

    protected override bool TrySetCanceled(CancellationToken token) => _answer.TrySetCanceled(token);
}
