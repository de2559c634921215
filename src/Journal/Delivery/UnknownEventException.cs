namespace AwoooP.Journal.Delivery;

/// <summary>The next event is of a newer build. An outage of this one and never a fault of the content: it is waited for, not dead-lettered.</summary>
public sealed class UnknownEventException(RecordedEvent recorded)
    : Exception($"{recorded.Type} version {recorded.TypeVersion} at {recorded.Position} is of a newer build");
