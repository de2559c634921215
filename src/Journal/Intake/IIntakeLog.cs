namespace AwoooP.Journal.Intake;

/// <summary>
/// The durable log of what senders sent. A request is parsed, validated and redacted before it is appended,
/// and acknowledged once <see cref="AppendAsync"/> has returned.
/// </summary>
public interface IIntakeLog
{
    /// <summary>Appends with group commit. Throws <see cref="JournalUnavailableException"/>; answers Overloaded over the bounded lag.</summary>
    ValueTask<IntakeOutcome> AppendAsync(IntakeEntry entry, CancellationToken cancellationToken);
}

/// <param name="Kind">What the payload is, e.g. <c>alerts.v1</c>; names the consumer.</param>
/// <param name="Payload">JSON.</param>
/// <param name="Items">How many items the payload holds; the lag is counted in items.</param>
public readonly record struct IntakeEntry(string ProjectId, string Kind, ReadOnlyMemory<byte> Payload, int Items, string? TraceId);

/// <param name="RetryAfter">Set with <see cref="IntakeStatus.Overloaded"/>.</param>
public readonly record struct IntakeOutcome(IntakeStatus Status, TimeSpan? RetryAfter = null);

public enum IntakeStatus
{
    None = 0,
    Accepted,
    Overloaded,
}

/// <summary>One accepted request as the log holds it.</summary>
public sealed record IntakeRecord(short Partition, long Seq, string ProjectId, string Kind, ReadOnlyMemory<byte> Payload, DateTimeOffset ReceivedAt, string? TraceId);

/// <summary>Works the log off: gets the records of one partition in order, at least once each, in batches as large as the backlog allows.</summary>
public interface IIntakeConsumer
{
    string Kind { get; }

    ValueTask ConsumeAsync(IReadOnlyList<IntakeRecord> records, CancellationToken cancellationToken);
}
