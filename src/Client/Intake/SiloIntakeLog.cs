using AwoooP.Alerts;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Journal.Intake;

namespace AwoooP.Client.Intake;

/// <summary>The intake log for a front that runs apart from the silos: each entry is taken in by one of them, which writes it to its part of the log.</summary>
public sealed class SiloIntakeLog(IClusterClient cluster) : IIntakeLog
{
    /// <summary>Of a project; each is at one silo at a time. Enough to spread senders over the silos.</summary>
    private const int Lanes = 64;

    public async ValueTask<IntakeOutcome> AppendAsync(IntakeEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Kind != AlertBatch.IntakeKind)
            throw new ArgumentException($"Nobody takes {entry.Kind} in.", nameof(entry));

        CallContext.Current = new CallContext { ProjectId = entry.ProjectId, Actor = Actors.Platform, TraceId = entry.TraceId };
        var lane = (uint)string.GetHashCode(entry.OrderKey ?? "", StringComparison.Ordinal) % Lanes;
        var sent = new SentAlerts(entry.Payload.ToArray(), entry.Items, entry.OrderKey, entry.TraceId);
        try
        {
            var taken = await cluster.GetGrain<IAlertIntakeGrain>($"{entry.ProjectId}/{lane}").TakeAsync(sent, cancellationToken);
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

    private static JournalUnavailableException Unavailable(Exception fault) => new("No silo takes alerts in at the moment.", fault);
}
