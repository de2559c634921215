namespace AwoooP.Journal.Delivery.Feed;

/// <summary>What one read of a partition gave: events after <paramref name="After"/>, in order, of every type.</summary>
/// <param name="IsEnd">There was nothing more when it was read.</param>
internal sealed record EventPage(long After, IReadOnlyList<RecordedEvent> Events, bool IsEnd)
{
    public long End => Events.Count == 0 ? After : Events[^1].Position.Seq;
}
