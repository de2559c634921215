namespace AwoooP.Budgets;

/// <summary>Codes of the three lines of defence of a budget, as callers and runs carry them.</summary>
public static class BudgetRefusals
{
    /// <summary>Before the call: its estimate does not fit into what is left.</summary>
    public const string DoesNotFit = "E-BUDGET-001";

    /// <summary>During the run: what the run, or its incident, may cost is reached, so it is stopped.</summary>
    public const string RunCapReached = "E-BUDGET-002";

    /// <summary>After the call: the project's budget is used up; no model is called for it until an admin raises the limit or the period ends.</summary>
    public const string Killed = "E-BUDGET-003";

    /// <summary>It would fit into what a run or its incident may still spend, but for calls that are under way: asked again when they have ended, it may.</summary>
    public const string SetAside = "budget_set_aside";

    public const string TooManyReservations = "too_many_reservations";

    /// <summary>Only the project's account holds limits.</summary>
    public const string NotTheProject = "not_the_project_account";
}
