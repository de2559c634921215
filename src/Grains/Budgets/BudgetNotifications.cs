using AwoooP.Alerts;
using AwoooP.Journal;
using AwoooP.Notifications;
using AwoooP.Wording;

namespace AwoooP.Budgets;

/// <summary>
/// What people are told of budgets: the project's and those of agents. An incident or a run that has reached its own is told of by its runs. That the
/// project's is used up is said once, as the kill, and not as a threshold too.
/// </summary>
internal static class BudgetNotifications
{
    /// <returns>Null when nobody is to be told.</returns>
    public static NotificationContent? Of(RecordedEvent recorded, object data) => data switch
    {
        BudgetThresholdReached reached when BudgetAccount.IsAgent(recorded.Id.LocalKey) || (recorded.Id.LocalKey == BudgetAccount.Project && reached.Threshold < 100) => Content(
            recorded, NotificationTypes.NotificationOnly, BudgetPhrases.Reached(recorded.Id.LocalKey, reached), BudgetPhrases.Spent(reached)),
        BudgetKilled killed => Content(recorded, NotificationTypes.Escalation, BudgetPhrases.Killed(killed), BudgetPhrases.KilledUntil(killed)),
        _ => null,
    };

    private static NotificationContent Content(RecordedEvent recorded, string type, Phrase title, Phrase body) =>
        new(NotificationContent.EventMatter(recorded), type, title.InEnglish(), body.InEnglish(), null, null);
}
