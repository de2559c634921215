using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Projects;
using AwoooP.Wording;

namespace AwoooP.Playbooks;

/// <summary>What a playbook answers to people and to the outcomes of its runs. Pure.</summary>
internal static class PlaybookDecider
{
    public static Decision<PlaybookEvent> Create(Playbook playbook, string playbookId, CreatePlaybook command, string by)
    {
        if (playbook.Status is not PlaybookStatus.None)
            return new Refusal(RefusalKind.Conflict, "playbook_exists", $"{playbook.PlaybookId} exists already.");
        if (PlaybookValidation.Check(command.Definition) is { } invalid)
            return invalid;
        if (command.Source is PlaybookSource.None)
            return Refusal.Invalid(PlaybookValidation.Fault("$.source", "must be extracted, human, imported or evolved"));

        return Decision<PlaybookEvent>.Of(new PlaybookCreated(
            playbookId, command.Definition, command.Source, command.ParentPlaybookId, EwmaTrust.Start, by));
    }

    public static Decision<PlaybookEvent> Revise(Playbook playbook, RevisePlaybook command, string by)
    {
        if (Table.Decide(playbook.Status, PlaybookTrigger.Revise, FactsOf(playbook)).IsRefused(out var refusal))
            return refusal;
        return PlaybookValidation.Check(command.Definition) is { } invalid
            ? invalid
            : GiveBack(playbook, new PlaybookRevised(command.Definition, playbook.DefinitionVersion + 1, command.Reason, by));
    }

    public static Decision<PlaybookEvent> Approve(Playbook playbook, string by, bool requireSecond) =>
        Table.Decide(playbook.Status, PlaybookTrigger.Approve, FactsOf(playbook) with { NeedsAnother = requireSecond && playbook.Author == by }).IsRefused(out var refusal)
            ? refusal
            : Decision<PlaybookEvent>.Of(new PlaybookApproved(by));

    /// <param name="obstacles">What the settings hold against its steps.</param>
    /// <param name="seat">The place among the project's active playbooks; null where they are not counted.</param>
    public static Decision<PlaybookEvent> Activate(Playbook playbook, IReadOnlyList<PlaybookFinding> obstacles, string by, Seat? seat = null)
    {
        if (Table.Decide(playbook.Status, PlaybookTrigger.Activate, FactsOf(playbook)).IsRefused(out var refusal))
            return refusal;

        if (obstacles is [_, ..])
            return Refusal.Invalid([.. obstacles.Select(static found => new FieldFault(found.Field, found.Code, CodeWords.Of(found.Code, Language.English)))]);

        Decision<PlaybookEvent> activated = new PlaybookActivated(playbook.Definition!, playbook.DefinitionVersion, playbook.TrustScore, by, seat?.Number);
        return seat is null ? activated : seat.Take(activated);
    }

    public static Decision<PlaybookEvent> Archive(Playbook playbook, ArchivePlaybook command, string by) =>
        Table.Decide(playbook.Status, PlaybookTrigger.Archive, FactsOf(playbook)).IsRefused(out var refusal)
            ? refusal
            : GiveBack(playbook, new PlaybookArchived(command.Reason, by));

    public static Decision<PlaybookEvent> Restore(Playbook playbook, RestorePlaybook command, string by)
    {
        var verdict = Table.Decide(playbook.Status, PlaybookTrigger.Restore, FactsOf(playbook));
        return verdict.IsRefused(out var refusal) ? refusal : new PlaybookRestored(command.Reason, by, verdict.Target);
    }

    public static Decision<PlaybookEvent> RecordOutcome(Playbook playbook, RecordOutcome command, string by)
    {
        if (Table.Decide(playbook.Status, PlaybookTrigger.RecordOutcome, FactsOf(playbook)).IsRefused(out var refusal))
            return refusal;

        var trust = EwmaTrust.After(playbook.TrustScore, command.Success);
        var recorded = Decision<PlaybookEvent>.Of(new PlaybookOutcomeRecorded(
            command.RunId,
            command.IncidentId,
            command.Success,
            playbook.TrustScore,
            trust,
            playbook.SuccessCount + (command.Success ? 1 : 0),
            playbook.FailureCount + (command.Success ? 0 : 1)));
        var losesTrust = !command.Success && trust < EwmaTrust.Least && Table.Decide(playbook.Status, PlaybookTrigger.LoseTrust, FactsOf(playbook)).Refusal is null;
        return losesTrust ? GiveBack(playbook, recorded.And(new PlaybookArchived($"Trust fell below {EwmaTrust.Least:0.0}.", by))) : recorded;
    }

    public static IReadOnlyList<string> AvailableActions(Playbook playbook) =>
        Table.AvailableActions(playbook.Status, FactsOf(playbook));

    public static IReadOnlyList<PlaybookFinding> Warnings(Playbook playbook, IReadOnlyList<PlaybookFinding> obstacles) =>
        playbook.Definition!.Steps.Any(step => step is VerifyStep) ? obstacles : [.. obstacles, new PlaybookFinding("$.steps", PlaybookFinding.NotVerified)];

    private static TransitionTable<PlaybookStatus, PlaybookTrigger, PlaybookFacts> Table => PlaybookTransitions.Table;

    /// <summary>For what ends its being active, if it is.</summary>
    private static Decision<PlaybookEvent> GiveBack(Playbook playbook, Decision<PlaybookEvent> decision) =>
        Seat.GiveBack(Quota.ActivePlaybooks, playbook.Seat, decision);

    private static PlaybookFacts FactsOf(Playbook playbook) => new(NeedsAnother: false, playbook.IsApproved);
}
