using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AwoooP.Aggregates;

/// <summary>The grains' metrics and traces; tags come from bounded sets (aggregate types, event types, refusal codes).</summary>
public static class AggregateTelemetry
{
    /// <summary>The name of both the meter and the activity source.</summary>
    public const string Name = "AwoooP.Grains";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Events = Meter.CreateCounter<long>("awooop.aggregate.events", description: "Committed events");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("awooop.aggregate.refusals", description: "Refused commands");

    internal static ActivitySource Source { get; } = new(Name);

    internal static void Committed(string eventType) => Events.Add(1, new KeyValuePair<string, object?>("event", eventType));

    internal static void Refused(string aggregateType, string code) =>
        Refusals.Add(1, new KeyValuePair<string, object?>("aggregate", aggregateType), new KeyValuePair<string, object?>("code", code));
}
