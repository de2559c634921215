namespace AwoooP.Client.Api;

/// <summary>How far each consumer of the log is on this silo, and what of the project could not be delivered.</summary>
public sealed record DeliveryReport(int Partitions, IReadOnlyList<ConsumerReport> Consumers, IReadOnlyList<DeadLetterReport> DeadLetters);

/// <param name="Lag">Events that it has not passed.</param>
/// <param name="IsStuck">It has failed so often in a row that somebody should look.</param>
public sealed record ConsumerReport(string Name, string Kind, long Lag, long Delivered, long Retries, int Failures, bool IsStuck, string? Fault);

/// <param name="Queued">Later events of the same source that wait behind it.</param>
public sealed record DeadLetterReport(
    Guid Id, string Consumer, string Kind, string Position, string Aggregate, string EventType, string Reason, int Attempts, DateTimeOffset At, long Queued);

/// <param name="Status">delivered, still_failing or requested (of the silo that owns the partition).</param>
public sealed record RetryReport(string Status, int Delivered, string? Fault);
