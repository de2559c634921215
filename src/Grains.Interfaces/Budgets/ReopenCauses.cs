namespace AwoooP.Budgets;

/// <summary>Why models are called again, as <see cref="BudgetReopened.Cause"/> names it.</summary>
public static class ReopenCauses
{
    public const string Raised = "raised";
    public const string PeriodEnded = "period_ended";
}
