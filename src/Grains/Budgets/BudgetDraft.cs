using AwoooP.Aggregates;

namespace AwoooP.Budgets;

/// <summary>
/// A decision in the making: what is raised is folded at once, so that what follows from it (a threshold, a kill) is judged on the state that it leads to.
/// Pure: the account itself is untouched.
/// </summary>
internal sealed class BudgetDraft
{
    private const int UsedUp = 100;
    private static readonly int[] Thresholds = [80, 95, UsedUp];

    private readonly Budget _before;
    private readonly BudgetTerms _terms;
    private readonly DateTimeOffset _now;
    private readonly List<BudgetEvent> _events = [];

    /// <summary>Begins with the periods that the time falls into.</summary>
    public BudgetDraft(Budget before, BudgetTerms terms, DateTimeOffset now)
    {
        (_before, _terms, _now) = (before, terms, now);
        Budget = before;
        foreach (var period in terms.Periods)
        {
            if (terms.TotalAt(before, period, now) is var total && total != before.Find(period))
                Raise(new BudgetPeriodBegun(period, total.Key, total.EndsAt));
        }
    }

    public Budget Budget { get; private set; }

    public void Raise(BudgetEvent raised)
    {
        Budget = Budget.Apply(raised, _now);
        _events.Add(raised);
    }

    /// <summary>
    /// Tells of thresholds that were reached, each once a period, and closes or opens the project's account. A kill ends with its period or by people who
    /// set a plan, and by nothing else: money that comes back does not lift it.
    /// </summary>
    public void Judge(bool isSet = false)
    {
        foreach (var total in Budget.Periods)
        {
            var limits = _terms.LimitsOf(Budget, total.Period);
            foreach (var threshold in Thresholds.Where(each => each > total.Reached))
            {
                if (UnitAt(threshold, total.Spent, limits) is { } unit)
                    Raise(new BudgetThresholdReached(total.Period, total.Key, threshold, unit, total.Spent, limits));
            }
        }

        if (!_terms.IsProject)
            return;

        var isOver = Budget.Kill is { } kill && kill.Until <= _now;
        if (Budget.Periods.LastOrDefault(total => UnitAt(UsedUp, total.Spent, _terms.LimitsOf(Budget, total.Period)) is not null) is not { } usedUp)
        {
            if (isOver || (isSet && Budget.Kill is not null))
                Raise(new BudgetReopened(isOver ? ReopenCauses.PeriodEnded : ReopenCauses.Raised));
        }
        else if (isOver || Budget.Kill is not { } running || running.Until < usedUp.EndsAt || (isSet && running.Until > usedUp.EndsAt))
        {
            Raise(new BudgetKilled(usedUp.Period, usedUp.Key, usedUp.EndsAt));
        }
    }

    /// <summary>With the wake-ups that the new state asks for.</summary>
    public Decision<BudgetEvent> ToDecision()
    {
        if (_events.Count == 0)
            return Decision<BudgetEvent>.Nothing;

        var decision = Decision<BudgetEvent>.Of([.. _events]);
        decision = Moved(decision, BudgetWakes.Expire, BudgetWakes.ExpireAt(_before, _terms), BudgetWakes.ExpireAt(Budget, _terms));
        return Moved(decision, BudgetWakes.Reopen, BudgetWakes.ReopenAt(_before), BudgetWakes.ReopenAt(Budget));
    }

    private static Decision<BudgetEvent> Moved(Decision<BudgetEvent> decision, string wake, DateTimeOffset? before, DateTimeOffset? after) => after switch
    {
        _ when before == after => decision,
        { } dueAt => decision.WakeAt(wake, dueAt.ToUniversalTime()),
        null => decision.ClearWake(wake),
    };

    /// <summary>The first unit of which so many percent are spent; null for none. Nothing spent is no part of any limit, not even of none at all.</summary>
    private static string? UnitAt(int percent, Spending spent, Allowance limits)
    {
        if (spent.Usd > 0 && spent.Usd * 100 >= limits.Usd * percent)
            return BudgetUnits.Usd;

        return spent.Tokens > 0 && spent.Tokens * 100m >= limits.Tokens * (decimal)percent ? BudgetUnits.Tokens : null;
    }
}
