using System.Diagnostics.Metrics;
using AwoooP.Aggregates;

namespace AwoooP.Alerts;

internal static class AlertTelemetry
{
    private static readonly Meter Meter = new(AggregateTelemetry.Name);

    private static readonly Counter<long> OverLimit = Meter.CreateCounter<long>(
        "awooop.alert.members_over_limit", description: "News of alert members passed over because their fingerprint has as many as it may");

    private static readonly Counter<long> Taken = Meter.CreateCounter<long>("awooop.intake.alerts_taken", description: "Alerts worked off the intake log");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("awooop.intake.alerts_refused", description: "Alerts that their grain refused");

    public static void MembersOverLimit(int count) => OverLimit.Add(count);

    public static void AlertsTaken(int count) => Taken.Add(count);

    public static void AlertsRefused(int count) => Refused.Add(count);
}
