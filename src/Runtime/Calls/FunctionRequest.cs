using System.Runtime.CompilerServices;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A request whose answer is a value.</summary>
internal abstract class FunctionRequest<TResult>(GrainReference reference, GrainFunction<TResult> call, Turn? caller, RequestContextValues? values)
    : Request(reference, call, caller, values)
{
    private ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter _running;

    protected abstract bool TrySetResult(TResult result);

    protected override void Run(Grain grain, CancellationToken token)
    {
        var call = (GrainFunction<TResult>)Call;
        try
        {
            var running = Host.Filters(grain) is { } filters
                ? IncomingCall.RunAsync(this, grain, filters, call, token)
                : call.InvokeAsync(grain, token);
            _running = running.ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception exception)
        {
            _running = ValueTask.FromException<TResult>(exception).ConfigureAwait(false).GetAwaiter();
        }

        if (_running.IsCompleted)
            Complete();
        else
            _running.UnsafeOnCompleted(Complete);
    }

    private void Complete()
    {
        TResult result;
        try
        {
            result = _running.GetResult();
        }
        catch (OperationCanceledException canceled)
        {
            End(canceled);
            if (MayAnswer() && TrySetCanceled(canceled.CancellationToken))
                Disarm();
            return;
        }
        catch (Exception exception)
        {
            End(exception);
            if (MayAnswer())
                Fail(exception);
            return;
        }

        End(null);
        if (MayAnswer() && TrySetResult(result))
            Disarm();
    }
}
