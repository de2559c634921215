using AwoooP.Client.Problems;

namespace AwoooP.Client.Starting;

/// <summary>A call that is made as the process starts, when a silo may be there and not ready yet.</summary>
internal static class StartCall
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes the call again for as long as it fails for the moment, as when the lease lapses meanwhile. What fails otherwise is thrown.</summary>
    /// <param name="call">Must bear being made several times, the one before with or without effect.</param>
    /// <param name="notYet">Told of each fault before the pause.</param>
    /// <param name="time">Measures the pause.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> call, Action<Exception> notYet, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (Exception fault) when (FaultMiddleware.IsForNow(fault) && !cancellationToken.IsCancellationRequested)
            {
                notYet(fault);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
