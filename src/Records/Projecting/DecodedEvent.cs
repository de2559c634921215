using System.Text.Json;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;

namespace AwoooP.Records.Projecting;

/// <summary>An event of the log with its payload read.</summary>
internal readonly record struct DecodedEvent(RecordedEvent Recorded, object Data)
{
    public string ProjectId => Recorded.Id.ProjectId;

    public string LocalKey => Recorded.Id.LocalKey;

    /// <summary>To the microsecond, as the log keeps it: an event that has not been read back yet may carry more.</summary>
    public DateTimeOffset At { get; } = new(Recorded.At.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    public AggregateKey Key => new(ProjectId, LocalKey);

    /// <summary>For a fold that has no place for it.</summary>
    public DeterministicFaultException Unknown() => new($"{Recorded.Type} at {Recorded.Position} is not known to this projection.");

    /// <exception cref="UnknownEventException">It is of a newer build.</exception>
    /// <exception cref="DeterministicFaultException">This build cannot read it, however often it tries.</exception>
    public static DecodedEvent From(EventCatalog events, RecordedEvent recorded)
    {
        if (!events.Knows(recorded.Type, recorded.TypeVersion))
            throw new UnknownEventException(recorded);
        try
        {
            return new DecodedEvent(recorded, events.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new DeterministicFaultException($"{recorded.Type} version {recorded.TypeVersion} at {recorded.Position} cannot be read.", fault);
        }
    }
}

/// <summary>An aggregate within a projection that knows one type of aggregate only.</summary>
internal readonly record struct AggregateKey(string ProjectId, string LocalKey);
