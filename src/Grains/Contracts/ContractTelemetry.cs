using System.Diagnostics.Metrics;
using AwoooP.Aggregates;

namespace AwoooP.Contracts;

internal static class ContractTelemetry
{
    private static readonly Meter Meter = new(AggregateTelemetry.Name);

    private static readonly Counter<long> Unverified = Meter.CreateCounter<long>(
        "awooop.contract.unusable", description: "Versions whose signatures did not verify when their contract was loaded");

    /// <param name="code">Of a bounded set.</param>
    public static void Unusable(string code) => Unverified.Add(1, new KeyValuePair<string, object?>("code", code));
}
