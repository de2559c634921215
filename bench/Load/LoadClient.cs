using System.Diagnostics;
using System.Net;
using AwoooP.Demo;

namespace AwoooP.Bench.Load;

/// <summary>
/// One client at one entrance of the cluster, and at the next one once that does not acknowledge. A write is sent again until it is
/// acknowledged, and only then comes the next.
/// </summary>
/// <param name="number">From 1 on; which entrance comes first follows from it.</param>
internal sealed class LoadClient(int number, IWriter writer, PlatformClient platform, IReadOnlyList<Uri> entrances, LoadLedger ledger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    private int _moves;

    /// <param name="started">When the load began.</param>
    /// <param name="time">No write is begun after so long; one that was is still sent until it is acknowledged.</param>
    /// <param name="pace">From one write to the next, as far as answers come in time.</param>
    /// <param name="giveUp">Ends that sending.</param>
    public async Task RunAsync(long started, TimeSpan time, TimeSpan pace, CancellationToken giveUp)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        over.CancelAfter(time);
        using var timer = new PeriodicTimer(pace);
        try
        {
            do
                await WriteAsync(started, giveUp);
            while (await timer.WaitForNextTickAsync(over.Token));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // No more is to be written; what could not be ended is unknown by now.
        }
    }

    private async Task WriteAsync(long started, CancellationToken giveUp)
    {
        var (write, request) = writer.Next();
        using var pause = new PeriodicTimer(RetryPause);
        try
        {
            while (true)
            {
                var answer = await platform.SendAsync(entrances[(number - 1 + _moves) % entrances.Count], request, giveUp);
                if (answer.IsDone)
                {
                    ledger.Acknowledge(new Acknowledgement(write, number, Stopwatch.GetElapsedTime(started)));
                    writer.Acknowledged(answer);
                    return;
                }

                if (IsWrong(answer.Status))
                    throw new InvalidOperationException($"{request.Method} {request.Path} was answered with {(int)answer.Status}: {answer.Body}");

                ledger.Fail();
                _moves++;
                await pause.WaitForNextTickAsync(giveUp);
            }
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            ledger.GiveUp(write);
            throw;
        }
    }

    /// <summary>What another try would not change: it is the load that is wrong, or its key.</summary>
    private static bool IsWrong(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests);
}
