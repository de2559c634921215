using System.Runtime.CompilerServices;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A request whose answer is that it is done.</summary>
internal sealed class ActionRequest(GrainReference reference, GrainAction call, Turn? caller)
    : Request(reference, call, caller)
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _running;

    public Task Answer => _answer.Task;

    public override bool IsAnswered => _answer.Task.IsCompleted;

    protected override bool TrySetException(Exception exception) =>
        Call.Method.IsOneWay ? _answer.TrySetResult() : _answer.TrySetException(exception);

    protected override bool TrySetCanceled(CancellationToken token) => _answer.TrySetCanceled(token);

    protected override void Run(Grain grain, CancellationToken token)
    {
        var call = (GrainAction)Call;
        try
        {
            var running = Host.Filters(grain) is { } filters
                ? IncomingCall.RunAsync(this, grain, filters, call, token)
                : call.InvokeAsync(grain, token);
            _running = running.ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception exception)
        {
            _running = ValueTask.FromException(exception).ConfigureAwait(false).GetAwaiter();
        }

        if (_running.IsCompleted)
            Complete();
        else
            _running.UnsafeOnCompleted(Complete);
    }

    private void Complete()
    {
        try
        {
            _running.GetResult();
        }
        catch (OperationCanceledException canceled)
        {
            End(canceled);
            if (TrySetCanceled(canceled.CancellationToken))
                Disarm();
            return;
        }
        catch (Exception exception)
        {
            End(exception);
            Fail(exception);
            return;
        }

        End(null);
        if (MayAnswer() && _answer.TrySetResult())
            Disarm();
    }
}
