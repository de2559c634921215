using System.Runtime.CompilerServices;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A request whose answer is that it is done.</summary>
internal abstract class ActionRequest(GrainReference reference, GrainAction call, Turn? caller, RequestContextValues? values)
    : Request(reference, call, caller, values)
{
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _running;

    protected abstract bool TrySetDone();

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
        if (MayAnswer() && TrySetDone())
            Disarm();
    }
}
