namespace AwoooP.Journal;

/// <summary>An event as the log holds it. <see cref="Data"/> is JSON in the shape of <see cref="Type"/> at <see cref="TypeVersion"/>.</summary>
public sealed record RecordedEvent
{
    public required Position Position { get; init; }
    public required AggregateId Id { get; init; }

    /// <summary>The aggregate's version after this event.</summary>
    public required long Version { get; init; }

    public required string Type { get; init; }
    public required int TypeVersion { get; init; }
    public required ReadOnlyMemory<byte> Data { get; init; }
    public required string Actor { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? TraceId { get; init; }
    public Guid? CommandId { get; init; }
    public Position? Causation { get; init; }
    public int Depth { get; init; }
}
