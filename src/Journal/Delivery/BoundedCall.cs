namespace AwoooP.Journal.Delivery;

/// <summary>A call of a receiver that may never answer.</summary>
internal static class BoundedCall
{
    /// <summary>Past the limit the call's own token is cancelled, and nobody waits for it any longer.</summary>
    /// <exception cref="TimeoutException">The receiver has not answered within the limit.</exception>
    public static async Task RunAsync<TState>(
        Func<TState, CancellationToken, ValueTask> call, TState state, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var calling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = call(state, calling.Token);
        if (answer.IsCompleted)
        {
            await answer;
            return;
        }

        try
        {
            await answer.AsTask().WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await calling.CancelAsync();
            throw;
        }
    }
}
