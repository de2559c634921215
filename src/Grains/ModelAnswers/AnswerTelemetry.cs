using System.Diagnostics.Metrics;
using AwoooP.Aggregates;

namespace AwoooP.ModelAnswers;

internal static class AnswerTelemetry
{
    private static readonly Meter Meter = new(AggregateTelemetry.Name);

    private static readonly Counter<long> Answers = Meter.CreateCounter<long>(
        "awooop.model.answers", description: "Answers of models by whether they were what their schema says");

    /// <param name="outcome">valid, corrected (after a retry that told the faults) or degraded.</param>
    public static void Taken(string outcome) => Answers.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
