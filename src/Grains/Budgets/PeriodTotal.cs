namespace AwoooP.Budgets;

/// <summary>What an account has spent in a period.</summary>
/// <param name="Reached">The highest threshold that was told of, in percent; 0 before the first.</param>
internal sealed record PeriodTotal(BudgetPeriod Period, string Key, DateTimeOffset EndsAt, Spending Spent = default, int Reached = 0)
{
    /// <summary>The provider's word counts, so what is spent may exceed a limit; what is taken back never makes a new period begin below nothing.</summary>
    public PeriodTotal Plus(Spending change) => this with
    {
        Spent = new Spending(Math.Max(0, Spent.Usd + change.Usd), Math.Max(0, Spent.Tokens + change.Tokens)),
    };
}
