using Microsoft.Extensions.Logging;

namespace AwoooP.Runs;

/// <summary>
/// Keeps a claimed run's lease by heartbeats, and says when it can no longer be relied on: the grain refused one, or none got through for
/// <see cref="RunLimits.WorkerLease"/> by this machine's monotonic clock, counted from before it was sent. A timer says so, so that
/// a heartbeat that hangs cannot keep the effect going.
/// </summary>
internal sealed class RunLease : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _beating;

    /// <param name="claimed">The timestamp from before the claim was sent.</param>
    public RunLease(RunOffer run, IRunGrain grain, RunCalls calls, string workerId, int attempt, long claimed, TimeProvider time, ILogger logger)
    {
        _time = time;
        _lost = new CancellationTokenSource(Remaining(claimed), time);
        Lost = _lost.Token;
        _beating = BeatAsync(run, grain, calls, new RunHeartbeat(workerId, attempt), logger, _done.Token);
    }

    public CancellationToken Lost { get; }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _beating;
        _done.Dispose();
        _lost.Dispose();
    }

    private async Task BeatAsync(RunOffer run, IRunGrain grain, RunCalls calls, RunHeartbeat heartbeat, ILogger logger, CancellationToken done)
    {
        using var timer = new PeriodicTimer(RunLimits.Heartbeat, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(done, Lost);
        try
        {
            while (await timer.WaitForNextTickAsync(either.Token))
            {
                var sent = _time.GetTimestamp();
                if (await TryBeatAsync(run, grain, calls, heartbeat, logger, either.Token) is not { } kept)
                    continue;

                if (kept)
                    _lost.CancelAfter(Remaining(sent));
                else
                    await _lost.CancelAsync();
            }
        }
        catch (Exception) when (either.IsCancellationRequested)
        {
            if (!done.IsCancellationRequested)
                RunWorkerLog.LeaseLost(logger, run.Key);
        }
    }

    private TimeSpan Remaining(long since)
    {
        var left = RunLimits.WorkerLease - _time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <returns>Whether the grain renewed the lease; null when it could not be asked.</returns>
    private static async Task<bool?> TryBeatAsync(
        RunOffer run, IRunGrain grain, RunCalls calls, RunHeartbeat heartbeat, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var result = await calls.SendAsync("heartbeat", token => grain.HeartbeatAsync(heartbeat, token), TimeSpan.Zero, cancellationToken);
            return result.IsAccepted;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            RunWorkerLog.Retrying(logger, fault, run.Key, "heartbeat");
            return null;
        }
    }
}
