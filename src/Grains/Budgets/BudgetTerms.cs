using AwoooP.Time;

namespace AwoooP.Budgets;

/// <summary>What holds for an account whatever has happened to it: whose it is, and what binds it.</summary>
/// <param name="account">The account in its project, as <see cref="BudgetAccount"/> spells it.</param>
/// <param name="defaults">The plan of a project that never set one.</param>
internal sealed class BudgetTerms(string account, BudgetPlan defaults, PlatformZone zone)
{
    private static readonly Allowance Unbound = new();

    public bool IsProject { get; } = account == BudgetAccount.Project;

    /// <summary>What its spending is counted by.</summary>
    public IReadOnlyList<BudgetPeriod> Periods { get; } =
        BudgetAccount.IsRun(account) || BudgetAccount.IsIncident(account) ? [BudgetPeriod.Whole] : [BudgetPeriod.Day, BudgetPeriod.Month];

    /// <summary>How long after its deadline a reservation is given up.</summary>
    public TimeSpan Grace => IsProject ? BudgetLimits.ProjectGrace : BudgetLimits.OtherGrace;

    /// <summary>
    /// What a reservation is refused with that does not fit: a run, or an incident's runs, are stopped by theirs. So only by what is spent: what is set aside
    /// may come back.
    /// </summary>
    public string DoesNotFit(bool besideWhatIsSpent) => (Periods is [BudgetPeriod.Whole], besideWhatIsSpent) switch
    {
        (false, _) => BudgetRefusals.DoesNotFit,
        (true, true) => BudgetRefusals.RunCapReached,
        (true, false) => BudgetRefusals.SetAside,
    };

    public BudgetPlan PlanOf(Budget budget) => budget.Plan ?? defaults;

    public Allowance LimitsOf(Budget budget, BudgetPeriod period) => (IsProject, period) switch
    {
        (true, BudgetPeriod.Day) => PlanOf(budget).Day,
        (true, _) => PlanOf(budget).Month,
        // An agent has a limit by month alone.
        (false, BudgetPeriod.Day) => Unbound,
        _ => budget.Limits ?? Unbound,
    };

    /// <summary>The period's total at a time; with nothing spent where the account's memory ends before it.</summary>
    public PeriodTotal TotalAt(Budget budget, BudgetPeriod period, DateTimeOffset now)
    {
        if (budget.Find(period) is { } total && now < total.EndsAt)
            return total;

        var (key, endsAt) = BudgetCalendar.At(period, now, zone);
        return new PeriodTotal(period, key, endsAt);
    }
}
