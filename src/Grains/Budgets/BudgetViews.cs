namespace AwoooP.Budgets;

/// <summary>What readers are shown of an account. Pure.</summary>
internal static class BudgetViews
{
    /// <summary>As of a time: a period that has ended since the last word shows nothing of it any more, whether or not that is written yet.</summary>
    public static BudgetView Of(Budget budget, BudgetTerms terms, long version, DateTimeOffset now)
    {
        var reserved = budget.Reserved;
        return new BudgetView(
            version,
            terms.IsProject ? terms.PlanOf(budget) : null,
            terms.IsProject && budget.Plan is null,
            budget.Kill is { } kill && now < kill.Until ? kill : null,
            [
                .. terms.Periods.Select(period => terms.TotalAt(budget, period, now)).Select(total => new PeriodView(
                    total.Period, total.Key, total.EndsAt, terms.LimitsOf(budget, total.Period), total.Spent, reserved, total.Reached)),
            ],
            budget.Open.Count);
    }
}
