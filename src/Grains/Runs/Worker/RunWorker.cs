using System.Collections.Concurrent;
using AwoooP.Commands;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Runs;

/// <summary>
/// Carries runs out, inside the silo. It holds nothing that must survive: killed at any point, the run's lease runs out, the grain records what was cut off,
/// and the run is offered anew (see <see cref="RunGrain"/>), to this worker's successor or to another silo's.
/// </summary>
internal sealed class RunWorker(RunOfferQueue offers, RunJobFactory jobs, IOptions<RunWorkerOptions> options, TimeProvider time, ILogger<RunWorker> logger)
    : BackgroundService
{
    private readonly ConcurrentDictionary<RunOffer, Task> _active = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;

        // One name for one life of the worker: a successor must never pass for the one that was killed.
        var workerId = Actors.OfWorker($"{Environment.MachineName}/{Guid.CreateVersion7(time.GetUtcNow()):N}");
        RunWorkerLog.Started(logger, workerId, options.Value.Concurrency);

        using var room = new SemaphoreSlim(options.Value.Concurrency);
        using var hardStop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var grace = stoppingToken.Register(() => hardStop.CancelAfter(options.Value.ShutdownGrace));
        try
        {
            while (true)
            {
                await room.WaitAsync(stoppingToken);
                var offer = await TakeAsync(room, stoppingToken);
                var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var work = WorkAsync(offer, workerId, room, begin.Task, stoppingToken, hardStop.Token);
                if (IsWelcome(offer) && _active.TryAdd(offer, work))
                    begin.SetResult();
                else
                    begin.SetCanceled(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_active.Values);
            RunWorkerLog.Stopped(logger, workerId);
        }
    }

    private async Task<RunOffer> TakeAsync(SemaphoreSlim room, CancellationToken stoppingToken)
    {
        try
        {
            return await offers.TakeAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            room.Release();
            throw;
        }
    }

    /// <summary>A project over its share is passed over; its run offers itself again.</summary>
    private bool IsWelcome(RunOffer offer) => _active.Keys.Count(active => active.ProjectId == offer.ProjectId) < options.Value.ConcurrencyPerProject;

    private async Task WorkAsync(
        RunOffer offer, string workerId, SemaphoreSlim room, Task begin, CancellationToken stoppingToken, CancellationToken hardStop)
    {
        try
        {
            await begin;
            await jobs.Create(offer, workerId).ExecuteAsync(stoppingToken, hardStop);
        }
        catch (OperationCanceledException) when (begin.IsCanceled || stoppingToken.IsCancellationRequested)
        {
            RunWorkerLog.NotTaken(logger, offer.Key);
        }
        catch (Exception fault)
        {
            // One run's fault must not end the worker of all the others; the run itself is safe in its grain.
            RunWorkerLog.Failed(logger, fault, offer.Key);
        }
        finally
        {
            if (begin.IsCompletedSuccessfully)
                _active.TryRemove(offer, out _);
            room.Release();
        }
    }
}
