using AwoooP.Alerts;
using AwoooP.Notifications;

namespace AwoooP.Grains.Tests.Notifications;

public sealed class NotificationContentTests
{
    private static readonly NotificationContent OfAnIncident = new("matter", NotificationTypes.Escalation, "Title", "Body.", "INC-20310101-00A1", null);

    /// <summary>Who is told may have another project as their own.</summary>
    [Fact]
    public void BodyWithLink_OfAnIncident_NamesItsProject() =>
        OfAnIncident.BodyWithLink(new Uri("https://awooop.example"), "webshop").ShouldBe("Body.\nhttps://awooop.example/incidents/INC-20310101-00A1?project=webshop");

    [Fact]
    public void BodyWithLink_WithoutAnAddressOrAnIncident_IsTheBody()
    {
        OfAnIncident.BodyWithLink(null, "webshop").ShouldBe("Body.");
        (OfAnIncident with { IncidentId = null }).BodyWithLink(new Uri("https://awooop.example"), "webshop").ShouldBe("Body.");
    }
}
