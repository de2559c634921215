namespace AwoooP.Journal.Intake;

/// <summary>How the intake log stands in this process; from memory, so it never fails.</summary>
public interface IIntakeStatus
{
    IntakeBacklog Read();
}

/// <param name="LagItems">Items accepted and not worked off.</param>
/// <param name="OldestReceivedAt">When the oldest of them was accepted, or null.</param>
/// <param name="QueuedRequests">Requests waiting to be written.</param>
/// <param name="AcceptedRequests">Since the process started.</param>
/// <param name="OverloadedRequests">Requests that were told to come back later, since the process started.</param>
/// <param name="ConsumedItems">Since the process started.</param>
/// <param name="Retries">Failed attempts of consumers since the process started.</param>
/// <param name="RejectedRequests">Requests set aside, since the process started.</param>
/// <param name="Failures">Failed attempts in a row of the worst stream; 0 while all is well.</param>
public sealed record IntakeBacklog(
    long LagItems, DateTimeOffset? OldestReceivedAt, int QueuedRequests, long AcceptedRequests, long OverloadedRequests, long ConsumedItems, long Retries,
    long RejectedRequests, int Failures);
