using System.Diagnostics.Metrics;
using AwoooP.Aggregates;

namespace AwoooP.Retention;

internal static class RetentionTelemetry
{
    private static readonly Meter Meter = new(AggregateTelemetry.Name);

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("awooop.retention.rows", description: "Rows that were removed past their term, without those of their children");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("awooop.retention.failures", description: "Removals of a table's rows in a sweep that failed");

    /// <param name="table">One of those with a term.</param>
    public static void Removed(string table, long rows) => Rows.Add(rows, new KeyValuePair<string, object?>("table", table));

    /// <param name="table">One of those with a term.</param>
    public static void Failed(string table) => Failures.Add(1, new KeyValuePair<string, object?>("table", table));
}
