namespace AwoooP.Models;

/// <summary>The calls of models that this silo has begun and that have not ended.</summary>
internal sealed class CallsInFlight
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, CallInFlight> _calls = [];
    private TaskCompletionSource<CancellationToken> _begun = NewStretch();
    private CancellationTokenSource _over = new();

    public IReadOnlyList<string> Projects
    {
        get
        {
            lock (_gate)
                return [.. _calls.Values.Select(static call => call.ProjectId).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Waits until some call is in flight.</summary>
    /// <returns>Cancelled when none is any more.</returns>
    public Task<CancellationToken> BegunAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _begun.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Entered before anything is reserved: a kill that comes after the reservation finds the call here.</summary>
    public CallInFlight Enter(string projectId, Guid callId)
    {
        var call = new CallInFlight(projectId, () => Leave(callId));
        lock (_gate)
        {
            _calls.Add(callId, call);
            if (_calls.Count == 1)
            {
                _over = new CancellationTokenSource();
                _begun.SetResult(_over.Token);
            }
        }

        return call;
    }

    /// <returns>How many calls were cancelled.</returns>
    public async Task<int> KillAsync(string projectId)
    {
        CallInFlight[] struck;
        lock (_gate)
            struck = [.. _calls.Values.Where(call => call.ProjectId == projectId)];
        await Task.WhenAll(struck.Select(static call => call.KillAsync()));
        return struck.Length;
    }

    private void Leave(Guid callId)
    {
        CancellationTokenSource over;
        lock (_gate)
        {
            if (!_calls.Remove(callId) || _calls.Count > 0)
                return;

            _begun = NewStretch();
            over = _over;
        }

        over.Cancel();
    }

    private static TaskCompletionSource<CancellationToken> NewStretch() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>One of them, until it is disposed.</summary>
internal sealed class CallInFlight(string projectId, Action leave) : IDisposable
{
    // Never disposed: it has no timer, and a kill may come while the call ends.
    private readonly CancellationTokenSource _killed = new();

    public string ProjectId => projectId;

    public CancellationToken Killed => _killed.Token;

    public Task KillAsync() => _killed.CancelAsync();

    public void Dispose() => leave();
}
