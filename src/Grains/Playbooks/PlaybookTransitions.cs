using AwoooP.Aggregates;
using AwoooP.Commands;
using static AwoooP.Playbooks.PlaybookStatus;
using static AwoooP.Playbooks.PlaybookTrigger;

namespace AwoooP.Playbooks;

internal static class PlaybookTransitions
{
    private static readonly Guard<PlaybookFacts> IsNotOwnWork = new(
        "is_not_own_work",
        facts => !facts.NeedsAnother,
        "author_cannot_approve",
        "A playbook is approved by someone other than the author of its newest version.",
        RefusalKind.Forbidden);

    private static readonly Guard<PlaybookFacts> WasApproved = new("was_approved", facts => facts.WasApproved);

    public static TransitionTable<PlaybookStatus, PlaybookTrigger, PlaybookFacts> Table { get; } = new(
        "playbook",
        [
            new(PlaybookStatus.None, Create, Draft),

            new(Draft, Revise, Draft),
            new(Draft, Approve, Approved, IsNotOwnWork),
            new(Draft, Archive, Archived),
            new(Draft, PlaybookTrigger.RecordOutcome, Draft),

            new(Approved, Revise, Draft),
            new(Approved, Activate, Active),
            new(Approved, Archive, Archived),
            new(Approved, PlaybookTrigger.RecordOutcome, Approved),
            new(Approved, LoseTrust, Archived),

            new(Active, Revise, Draft),
            new(Active, Archive, Archived),
            new(Active, PlaybookTrigger.RecordOutcome, Active),
            new(Active, LoseTrust, Archived),

            new(Archived, Restore, Approved, WasApproved),
            new(Archived, Restore, Draft),
            new(Archived, PlaybookTrigger.RecordOutcome, Archived),
        ],
        [Revise, Approve, Activate, Archive, Restore]);
}
