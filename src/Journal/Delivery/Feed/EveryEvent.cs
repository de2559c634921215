namespace AwoooP.Journal.Delivery.Feed;

/// <summary>For a journal without a catalogue of events.</summary>
internal sealed class EveryEvent : IKnownEvents
{
    public bool Contains(string type, int typeVersion) => true;
}
