using Microsoft.Extensions.Logging;

namespace AwoooP.Runs;

/// <summary>
/// Keeps a claimed run's lease by heartbeats, and says when it can no longer be relied on: the grain refused one,
/// or none got through for a whole lease by this machine's monotonic clock, counted from before it was sent.
/// </summary>
internal sealed class RunLease : IAsyncDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _done = new();
    private readonly Task _beating;

    public RunLease(RunOffer run, IRunGrain grain, RunCalls calls, string workerId, int attempt, TimeProvider time, ILogger logger)
    {
        Lost = _lost.Token;
        _beating = BeatAsync(run, grain, calls, new RunHeartbeat(workerId, attempt), time, logger, _done.Token);
    }

    public CancellationToken Lost { get; }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _beating;
        _done.Dispose();
        _lost.Dispose();
    }

    private async Task BeatAsync(
        RunOffer run, IRunGrain grain, RunCalls calls, RunHeartbeat heartbeat, TimeProvider time, ILogger logger, CancellationToken done)
    {
        var renewed = time.GetTimestamp();
        using var timer = new PeriodicTimer(RunLimits.Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                var sent = time.GetTimestamp();
                if (await TryBeatAsync(run, grain, calls, heartbeat, logger, done) is not { } kept)
                {
                    if (time.GetElapsedTime(renewed) < RunLimits.Lease)
                        continue;

                    kept = false;
                }

                if (!kept)
                {
                    RunWorkerLog.LeaseLost(logger, run.Key);
                    await _lost.CancelAsync();
                    return;
                }

                renewed = sent;
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
        }
    }

    /// <returns>Whether the grain renewed the lease; null when it could not be asked.</returns>
    private static async Task<bool?> TryBeatAsync(
        RunOffer run, IRunGrain grain, RunCalls calls, RunHeartbeat heartbeat, ILogger logger, CancellationToken done)
    {
        try
        {
            var result = await calls.SendAsync("heartbeat", token => grain.HeartbeatAsync(heartbeat, token), TimeSpan.Zero, done);
            return result.IsAccepted;
        }
        catch (Exception fault) when (!done.IsCancellationRequested)
        {
            RunWorkerLog.Retrying(logger, fault, run.Key, "heartbeat");
            return null;
        }
    }
}
