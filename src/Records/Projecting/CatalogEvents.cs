using AwoooP.Events;
using AwoooP.Journal.Delivery;

namespace AwoooP.Records.Projecting;

/// <summary>What the catalogue can read, by which the projections ask the log for their events.</summary>
internal sealed class CatalogEvents : IKnownEvents
{
    public bool Contains(string type, int typeVersion) => EventCatalog.Default.Knows(type, typeVersion);
}
