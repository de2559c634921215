using System.Diagnostics.Metrics;
using AwoooP.Aggregates;

namespace AwoooP.Models;

internal static class ModelTelemetry
{
    private static readonly Meter Meter = new(AggregateTelemetry.Name);

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("awooop.model.calls", description: "Calls of models by how they ended");

    /// <param name="outcome">answered, refused (it did not fit the budget), killed or failed.</param>
    public static void Called(string outcome) => Calls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
