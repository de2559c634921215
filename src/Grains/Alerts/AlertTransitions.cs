using AwoooP.Aggregates;
using static AwoooP.Alerts.AlertStatus;
using static AwoooP.Alerts.AlertTrigger;

namespace AwoooP.Alerts;

internal static class AlertTransitions
{
    public static TransitionTable<AlertStatus, AlertTrigger, NoFacts> Table { get; } = new(
        "alert",
        [
            new(AlertStatus.None, Fire, Firing),
            new(Firing, Occur, Firing),
            new(Firing, Clear, Resolved),
            new(Firing, AlertTrigger.LinkIncident, Firing),
            new(Resolved, Fire, Firing),
            new(Resolved, AlertTrigger.LinkIncident, Resolved),
        ]);
}
