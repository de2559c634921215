using AwoooP.Budgets;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How events of budgets are told. What single calls cost is told by <c>budget_ledger</c>.</summary>
internal static class BudgetTimeline
{
    public static TimelineEntry? Tell(DecodedEvent next)
    {
        TimelineEntry? entry = next.Data switch
        {
            BudgetSet set => new("human", "info", BudgetPhrases.Set) { Actor = set.By, Description = set.Reason },
            BudgetThresholdReached reached => new("system", "warning", BudgetPhrases.Reached(next.LocalKey, reached))
            {
                Why = BudgetPhrases.Spent(reached),
                IncidentId = BudgetAccount.IsIncident(next.LocalKey) ? BudgetAccount.IdOf(next.LocalKey) : null,
            },
            BudgetKilled killed => new("security", "error", BudgetPhrases.Killed(killed)) { Why = BudgetPhrases.KilledUntil(killed) },
            BudgetReopened reopened => new("security", "success", BudgetPhrases.Reopened(reopened)),
            _ => null,
        };
        if (entry is not null)
            entry.Details["account"] = next.LocalKey;
        return entry;
    }
}
