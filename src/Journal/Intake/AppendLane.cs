using System.Threading.Channels;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Intake.Sql;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Intake;

/// <summary>
/// Writes the requests of some partitions, one transaction after the other; what arrives during one shares the next.
/// So a lone request is written at once, and many are written together.
/// </summary>
internal sealed partial class AppendLane(AppendIntake append, IntakeOptions options, IDurableClock clock, ILogger<AppendLane> logger)
{
    private readonly Channel<AppendRequest> _queue = Channel.CreateUnbounded<AppendRequest>(new UnboundedChannelOptions { SingleReader = true });
    private int _queued;
    private long _queuedBytes;

    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Of their payloads.</summary>
    public long QueuedBytes => Interlocked.Read(ref _queuedBytes);

    public void Enqueue(AppendRequest request)
    {
        Interlocked.Increment(ref _queued);
        Interlocked.Add(ref _queuedBytes, request.Entry.Payload.Length);
        if (!_queue.Writer.TryWrite(request))
            request.Fail(Stopped());
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var requests = new List<AppendRequest>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellationToken))
            {
                Collect(requests);
                if (requests.Count > 0)
                    await SettleAsync(requests, cancellationToken);
            }
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var request))
                request.Fail(Stopped());
        }
    }

    private void Collect(List<AppendRequest> requests)
    {
        requests.Clear();
        var bytes = 0L;
        while (requests.Count < options.AppendBatch && bytes < options.AppendBytes && _queue.Reader.TryRead(out var request))
        {
            Interlocked.Decrement(ref _queued);
            Interlocked.Add(ref _queuedBytes, -request.Entry.Payload.Length);
            if (request.Partition.IsStopped)
            {
                request.Fail(Lost());
                continue;
            }

            bytes += request.Entry.Payload.Length;
            requests.Add(request);
        }
    }

    private async Task SettleAsync(List<AppendRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(requests, cancellationToken);
        }
        catch (Exception cause)
        {
            // Whatever it was, the lane outlives it: senders send again, and nobody else writes these partitions.
            LogFailed(requests.Count, Fault.Describe(cause));
            var fault = new JournalUnavailableException("The intake log could not be written.", cause);
            foreach (var request in requests)
                request.Fail(fault);
        }
    }

    private async Task WriteAsync(List<AppendRequest> requests, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        foreach (var request in requests)
            request.Partition.Number(request, now);

        var removed = await append.ExecuteAsync(requests, IntakeSlots.At(now, options.SlotLength), cancellationToken);
        foreach (var request in requests)
        {
            if (removed is null)
            {
                // Taken anew, if it is this silo's still.
                request.Partition.Stop();
                request.Fail(Lost());
            }
            else if (removed.Contains(request.Entry.ProjectId))
            {
                request.Fail(Removed());
            }
            else
            {
                request.Partition.Publish(request);
                request.Succeed();
            }
        }
    }

    private static JournalUnavailableException Lost() => new("This silo owns the partition no more.");

    /// <summary>The front that let it through knows better within seconds, and then says that there is no such project.</summary>
    private static JournalUnavailableException Removed() => new("The project is being taken out.");

    private static JournalUnavailableException Stopped() => new("The intake log is stopping.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Requests} requests could not be appended to the intake log ({Fault})")]
    private partial void LogFailed(int requests, string fault);
}
