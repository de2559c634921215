namespace AwoooP.Alerts;

/// <summary>
/// Takes alerts in for a process that has no part of the intake log. Any silo can. Key: <c>{project_id}/{lane}</c>; what must stay in order comes
/// through one lane.
/// </summary>
public interface IAlertIntakeGrain : IGrainWithStringKey
{
    /// <summary>
    /// Answers once the alerts are durable, or that they were not taken. It may run twice when its first answer was lost: receivers know a repeat by
    /// its content, as they know one of the sender. Interleaves, since appends that come together share a transaction.
    /// </summary>
    /// <exception cref="ArgumentException">The batch is larger than the log takes.</exception>
    [AlwaysInterleave]
    Task<AlertsTaken> TakeAsync(SentAlerts sent, CancellationToken cancellationToken);
}

/// <param name="Batch">An <see cref="AlertBatch"/> as JSON: parsed, validated and redacted.</param>
/// <param name="Alerts">How many it holds, at least one.</param>
/// <param name="OrderKey">The sender, or the connection it holds.</param>
/// <param name="TraceId">W3C trace id.</param>
public sealed record SentAlerts(byte[] Batch, int Alerts, string? OrderKey, string? TraceId);

/// <param name="RetryAfter">Null when the alerts are durable; otherwise nothing was taken, since too much waits, and there may be room after so long.</param>
public sealed record AlertsTaken(TimeSpan? RetryAfter);
