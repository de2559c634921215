using AwoooP.Alerts;
using AwoooP.Grains.Tests.Harness;

namespace AwoooP.Grains.Tests.Alerts;

public sealed class AlertTransitionTests
{
    [Fact]
    public void GivenAnyState_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        AlertTransitions.Table,
        default,
        """
        none: fire -> firing

        firing: occur -> firing
        firing: clear -> resolved
        firing: link_incident -> firing

        resolved: fire -> firing
        resolved: link_incident -> resolved
        """);
}
