namespace AwoooP.Budgets;

/// <summary>What is counted, as <see cref="BudgetThresholdReached.Unit"/> names it.</summary>
public static class BudgetUnits
{
    public const string Usd = "usd";
    public const string Tokens = "tokens";
}
