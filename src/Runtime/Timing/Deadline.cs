namespace AwoooP.Runtime.Timing;

/// <summary>Runs something with a token that the wheel cancels, and stops waiting for it then, whether it heeds the token or not.</summary>
internal sealed class Deadline : IWheelEntry
{
    private readonly CancellationTokenSource _source = new();
    private volatile bool _isDone;

    public bool IsDone => _isDone;

    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task RunAsync(TimingWheel wheel, TimeSpan timeout, Func<CancellationToken, Task> run, string what)
    {
        // From before it runs: what it does until it first waits counts, too, and time may pass between its beginning and here.
        var dueTick = wheel.After(timeout);
        var deadline = new Deadline();
        var running = run(deadline._source.Token);
        if (running.IsCompleted)
        {
            await running;
            return;
        }

        if (!wheel.TryAdd(deadline, dueTick))
            deadline.Expire();
        try
        {
            await running.WaitAsync(deadline._source.Token);
        }
        catch (OperationCanceledException) when (deadline._source.IsCancellationRequested)
        {
            throw new TimeoutException($"Could not {what} within {timeout}.");
        }
        finally
        {
            deadline._isDone = true;
        }
    }

    // Not on the wheel's thread: what is registered with the token is the grain's own code.
    public void Expire() => _ = _source.CancelAsync();
}
