using AwoooP.Events;
using AwoooP.Journal.Delivery;

namespace AwoooP.Reactions;

/// <summary>Tells delivery what the catalogue can read, so that an older silo of a rolling upgrade passes over nothing.</summary>
internal sealed class CatalogEvents(EventCatalog events) : IKnownEvents
{
    public bool Contains(string type, int typeVersion) => events.Knows(type, typeVersion);
}
