using AwoooP.Alerts;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Journal.Intake;

namespace AwoooP.Client.Intake;

/// <summary>The intake log for a front that runs apart from the silos: each entry is taken in by one of them, which writes it to its part of the log.</summary>
internal sealed class SiloIntakeLog(IClusterClient cluster) : IIntakeLog
{
    /// <summary>Of a project; each is at one silo at a time. Enough to spread senders over the silos.</summary>
    private const int Lanes = 64;

    /// <summary>64 MiB of alerts under way to silos: while none takes calls, many batches wait here, each up to the largest that is taken.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private long _bytes;

    public async ValueTask<IntakeOutcome> AppendAsync(IntakeEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Kind != AlertBatch.IntakeKind)
            throw new ArgumentException($"Nobody takes {entry.Kind} in.", nameof(entry));

        var bytes = entry.Payload.Length;
        try
        {
            return Interlocked.Add(ref _bytes, bytes) > MaxBytes
                ? new IntakeOutcome(IntakeStatus.Overloaded, RetryAfter)
                : await SendAsync(entry, cancellationToken);
        }
        finally
        {
            Interlocked.Add(ref _bytes, -bytes);
        }
    }

    private async Task<IntakeOutcome> SendAsync(IntakeEntry entry, CancellationToken cancellationToken)
    {
        CallContext.Current = new CallContext { ProjectId = entry.ProjectId, Actor = Actors.Platform, TraceId = entry.TraceId };
        var lane = (uint)string.GetHashCode(entry.OrderKey ?? "", StringComparison.Ordinal) % Lanes;
        var sent = new SentAlerts(entry.Payload.ToArray(), entry.Items, entry.OrderKey, entry.TraceId);
        try
        {
            AlertsTaken taken;
            try
            {
                taken = await LaneOf(entry, lane).TakeAsync(sent, cancellationToken);
            }
            catch (JournalUnavailableException)
            {
                // That silo answers, and cannot write: most likely another can. What it may have written after all is known by its content.
                taken = await LaneOf(entry, (lane + 1) % Lanes).TakeAsync(sent, cancellationToken);
            }

            return taken.RetryAfter is { } wait ? new IntakeOutcome(IntakeStatus.Overloaded, wait) : new IntakeOutcome(IntakeStatus.Accepted);
        }
        catch (TimeoutException fault)
        {
            throw Unavailable(fault);
        }
        catch (Exception fault) when (EngineProblems.Explain(fault) is { } problem)
        {
            return problem.Status == StatusCodes.Status429TooManyRequests ? new IntakeOutcome(IntakeStatus.Overloaded, problem.RetryAfter) : throw Unavailable(fault);
        }
    }

    private IAlertIntakeGrain LaneOf(IntakeEntry entry, uint lane) => cluster.GetGrain<IAlertIntakeGrain>($"{entry.ProjectId}/{lane}");

    private static JournalUnavailableException Unavailable(Exception fault) => new("No silo takes alerts in at the moment.", fault);
}
