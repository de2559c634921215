namespace AwoooP.Budgets;

/// <summary>The durable wake-ups of an account. Each is a function of its state, so that it is set, moved and cleared with it.</summary>
internal static class BudgetWakes
{
    /// <summary>A reservation has been open for longer than its call can take.</summary>
    public const string Expire = "expire";

    /// <summary>The period that was used up has ended.</summary>
    public const string Reopen = "reopen";

    public static DateTimeOffset? ExpireAt(Budget budget, BudgetTerms terms) =>
        budget.Open.IsEmpty ? null : budget.Open.Values.Min(static reservation => reservation.Deadline) + terms.Grace;

    public static DateTimeOffset? ReopenAt(Budget budget) => budget.Kill?.Until;
}
