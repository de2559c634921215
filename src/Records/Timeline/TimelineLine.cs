using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>An entry with the event that it tells of.</summary>
internal sealed record TimelineLine(DecodedEvent Event, TimelineEntry Entry)
{
    public string Actor => Entry.Actor ?? Event.Recorded.Actor;
}
