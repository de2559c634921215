namespace AwoooP.Runtime.Cluster;

/// <summary>The calls that were passed on and whose answers are still to be passed back. One-way calls are none of them.</summary>
internal sealed class ForwardedCalls
{
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _isClosed;

    public int Count => Volatile.Read(ref _count);

    /// <summary>One more, until <see cref="End"/>, whatever this returns.</summary>
    /// <returns>False when no more may be passed on.</returns>
    public bool Begin()
    {
        Interlocked.Increment(ref _count);
        return Volatile.Read(ref _isClosed) == 0;
    }

    /// <summary>After its answer was sent, or when nobody waits for that any more.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _count) == 0 && Volatile.Read(ref _isClosed) != 0)
            _none.TrySetResult();
    }

    /// <summary>From here on no more may be passed on.</summary>
    /// <returns>Done when those that were have ended.</returns>
    public Task CloseAsync()
    {
        // A call that begins meanwhile is either counted here or sees that it may not.
        Interlocked.Exchange(ref _isClosed, 1);
        if (Count == 0)
            _none.TrySetResult();
        return _none.Task;
    }
}
