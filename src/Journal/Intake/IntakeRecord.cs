namespace AwoooP.Journal.Intake;

/// <summary>One accepted request as the log holds it.</summary>
/// <param name="Seq">Rises within the partition; it may have gaps.</param>
/// <param name="ReceivedAt">Durable time; never falls within the partition.</param>
public sealed record IntakeRecord(
    short Partition, long Seq, string ProjectId, string Kind, ReadOnlyMemory<byte> Payload, DateTimeOffset ReceivedAt, string? TraceId)
{
    public int Items { get; init; } = 1;
}
