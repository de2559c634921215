using AwoooP.Aggregates;

namespace AwoooP.Alerts;

/// <summary>The decisions of an alert. Pure.</summary>
internal static class AlertDecider
{
    /// <summary>The wake-up that ends members whose end time passes in silence.</summary>
    public const string ExpireWake = "expire";

    public static Decision<AlertEvent> Receive(Alert alert, ReceiveAlerts command, DateTimeOffset now, out int overLimit)
    {
        var receipt = new AlertReceipt(alert, command, now);
        var events = receipt.Work();
        overLimit = receipt.OverLimit;
        return Decide(alert, events, receipt.Alert);
    }

    public static Decision<AlertEvent> LinkIncident(Alert alert, LinkIncident command)
    {
        if (AlertTransitions.Table.Decide(alert.Status, AlertTrigger.LinkIncident, default).IsRefused(out var refusal))
            return refusal;

        return alert.IncidentId == command.IncidentId
            ? Decision<AlertEvent>.Nothing
            : Decision<AlertEvent>.Of(new AlertIncidentLinked(command.IncidentId));
    }

    public static Decision<AlertEvent> Expire(Alert alert, DateTimeOffset now)
    {
        var ended = alert.Members.Where(pair => pair.Value.EndsAt <= now)
            .OrderBy(pair => pair.Value.EndsAt).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new EndedMember(pair.Key, pair.Value.EndsAt))
            .ToArray();
        if (ended.Length == 0)
            return Decision<AlertEvent>.Nothing;

        var events = new List<AlertEvent> { new AlertMembersEnded(ended) };
        if (ended.Length == alert.Members.Count)
            events.Add(new AlertResolved(alert.Identity!, alert.IncidentId));
        return Decide(alert, events, events.Aggregate(alert, (current, raised) => current.Apply(raised, now)));
    }

    /// <summary>The wake-up always stands at the first end time of the members that are left.</summary>
    private static Decision<AlertEvent> Decide(Alert alert, IReadOnlyList<AlertEvent> events, Alert next)
    {
        if (events.Count == 0)
            return Decision<AlertEvent>.Nothing;

        var decision = Decision<AlertEvent>.Of([.. events]);
        var end = next.NextEnd();
        if (end == alert.NextEnd())
            return decision;
        return end is { } due ? decision.WakeAt(ExpireWake, due) : decision.ClearWake(ExpireWake);
    }
}
