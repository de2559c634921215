using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>For tests without a catalogue of events.</summary>
internal sealed class EveryEvent : IKnownEvents
{
    public bool Contains(string type, int typeVersion) => true;
}
