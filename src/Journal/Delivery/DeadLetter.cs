namespace AwoooP.Journal.Delivery;

/// <summary>One event that is held back from one consumer. The payload stays in the log.</summary>
/// <param name="Queued">How many later events queue behind it.</param>
public sealed record DeadLetter(
    Guid Id,
    string Consumer,
    DeadLetterKind Kind,
    Position Position,
    AggregateId Aggregate,
    string EventType,
    string Reason,
    int Attempts,
    DateTimeOffset At,
    long Queued);
