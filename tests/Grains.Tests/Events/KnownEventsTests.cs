using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Journal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Grains.Tests.Events;

public sealed class KnownEventsTests
{
    /// <summary>By an answer that says more, an older silo would pass over what a newer one wrote.</summary>
    [Fact]
    public void Delivery_OfASilo_KnowsWhatTheCatalogueKnows()
    {
        var incident = EventCatalog.Default.All.Single(static type => type.ClrType == typeof(IncidentOpened));
        using var services = new ServiceCollection().AddGrainServices().AddDelivery().BuildServiceProvider();

        var known = services.GetRequiredService<IKnownEvents>();

        known.Contains(incident.Name, incident.Version).ShouldBeTrue();
        known.Contains(incident.Name, incident.Version + 1).ShouldBeFalse();
        known.Contains("incident.reshaped", 1).ShouldBeFalse();
    }
}
