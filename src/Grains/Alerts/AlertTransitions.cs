using AwoooP.Aggregates;
using static AwoooP.Alerts.AlertStatus;
using static AwoooP.Alerts.AlertTrigger;

namespace AwoooP.Alerts;

internal enum AlertTrigger
{
    None = 0,

    /// <summary>The first member fires.</summary>
    Fire,

    /// <summary>A member fires anew while others, or an earlier occurrence of it, still do.</summary>
    Occur,

    /// <summary>The last firing member has ended.</summary>
    Clear,

    LinkIncident,
}

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
