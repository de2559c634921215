using System.Diagnostics.Metrics;
using AwoooP.Aggregates;

namespace AwoooP.Budgets;

/// <summary>What was spent. How often a threshold was reached, a budget used up or a call refused is counted with all events and refusals.</summary>
internal static class BudgetTelemetry
{
    private static readonly Meter Meter = new(AggregateTelemetry.Name);

    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("awooop.budget.cost", "USD", "What calls of models have cost, as it was settled");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("awooop.budget.tokens", "{token}", "Tokens of prompts and completions, as they were settled");

    public static void Settled(Spending actual)
    {
        Cost.Add((double)actual.Usd);
        Tokens.Add(actual.Tokens);
    }
}
