using System.Globalization;
using AwoooP.Wording;

namespace AwoooP.Budgets;

/// <summary>How what happens to budgets is told, in the timeline and in notifications.</summary>
public static class BudgetPhrases
{
    public static Phrase Set { get; } = Phrase.Of("budget_set");

    /// <param name="account">The account in its project.</param>
    public static Phrase Reached(string account, BudgetThresholdReached reached)
    {
        var threshold = ("threshold", reached.Threshold.ToString(CultureInfo.InvariantCulture));
        if (account == BudgetAccount.Project)
            return Phrase.Of("budget_reached_project", threshold, ("period", reached.PeriodKey));

        var id = ("account", BudgetAccount.IdOf(account));
        if (BudgetAccount.IsAgent(account))
            return Phrase.Of("budget_reached_agent", threshold, id, ("period", reached.PeriodKey));

        return Phrase.Of(BudgetAccount.IsIncident(account) ? "budget_reached_incident" : "budget_reached_run", threshold, id);
    }

    /// <summary>How much of how much, in the unit that has reached the threshold.</summary>
    public static Phrase Spent(BudgetThresholdReached reached) => reached.Unit == BudgetUnits.Usd
        ? Phrase.Of("budget_spent_usd", ("spent", Number(reached.Spent.Usd)), ("limit", Number(reached.Limits.Usd ?? 0)))
        : Phrase.Of("budget_spent_tokens", ("spent", Number(reached.Spent.Tokens)), ("limit", Number(reached.Limits.Tokens ?? 0)));

    public static Phrase Killed(BudgetKilled killed) => Phrase.Of("budget_killed", ("period", killed.PeriodKey));

    public static Phrase KilledUntil(BudgetKilled killed) => Phrase.Of("budget_killed_until", ("until", killed.Until.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)));

    public static Phrase Reopened(BudgetReopened reopened) => Phrase.Of($"budget_reopened_{reopened.Cause}");

    private static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
