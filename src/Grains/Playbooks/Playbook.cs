using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Playbooks;

/// <summary>The decisions of a playbook. Pure.</summary>
internal static class Playbook
{
    public static Decision<PlaybookEvent> Create(PlaybookState state, CreatePlaybook command, string by)
    {
        if (state.Status is not PlaybookStatus.None)
            return new Refusal(RefusalKind.Conflict, "playbook_exists", $"{state.PlaybookId} exists already.");
        if (PlaybookValidation.Check(command.Definition) is { } invalid)
            return invalid;
        if (command.Source is PlaybookSource.None)
            return PlaybookValidation.Invalid("$.source", "must be extracted, human, imported or evolved");

        return Decision<PlaybookEvent>.Of(new PlaybookCreated(
            command.PlaybookId, command.Definition, command.Source, command.ParentPlaybookId, EwmaTrust.Start, by));
    }

    public static Decision<PlaybookEvent> Revise(PlaybookState state, RevisePlaybook command, string by)
    {
        if (Refuses(state, PlaybookTrigger.Revise, out _, out var refusal))
            return refusal;
        return PlaybookValidation.Check(command.Definition) is { } invalid
            ? invalid
            : Decision<PlaybookEvent>.Of(new PlaybookRevised(command.Definition, state.DefinitionVersion + 1, command.Reason, by));
    }

    public static Decision<PlaybookEvent> Approve(PlaybookState state, string by, bool requireSecond) =>
        Refuses(state, PlaybookTrigger.Approve, out _, out var refusal, new(requireSecond && state.Author == by, state.IsApproved))
            ? refusal
            : Decision<PlaybookEvent>.Of(new PlaybookApproved(by));

    public static Decision<PlaybookEvent> Activate(PlaybookState state, string by) =>
        Refuses(state, PlaybookTrigger.Activate, out _, out var refusal)
            ? refusal
            : Decision<PlaybookEvent>.Of(new PlaybookActivated(state.Definition!, state.DefinitionVersion, state.TrustScore, by));

    public static Decision<PlaybookEvent> Archive(PlaybookState state, ArchivePlaybook command, string by) =>
        Refuses(state, PlaybookTrigger.Archive, out _, out var refusal)
            ? refusal
            : Decision<PlaybookEvent>.Of(new PlaybookArchived(command.Reason, by));

    public static Decision<PlaybookEvent> Restore(PlaybookState state, RestorePlaybook command, string by) =>
        Refuses(state, PlaybookTrigger.Restore, out var target, out var refusal)
            ? refusal
            : Decision<PlaybookEvent>.Of(new PlaybookRestored(command.Reason, by, target));

    public static Decision<PlaybookEvent> RecordOutcome(PlaybookState state, RecordOutcome command, string by)
    {
        if (Refuses(state, PlaybookTrigger.RecordOutcome, out _, out var refusal))
            return refusal;

        var trust = EwmaTrust.After(state.TrustScore, command.Success);
        var recorded = Decision<PlaybookEvent>.Of(new PlaybookOutcomeRecorded(
            command.RunId,
            command.IncidentId,
            command.Success,
            state.TrustScore,
            trust,
            state.SuccessCount + (command.Success ? 1 : 0),
            state.FailureCount + (command.Success ? 0 : 1)));
        var losesTrust = !command.Success && trust < EwmaTrust.Least && !Refuses(state, PlaybookTrigger.LoseTrust, out _, out _);
        return losesTrust ? recorded.And(new PlaybookArchived($"Trust fell below {EwmaTrust.Least:0.0}.", by)) : recorded;
    }

    public static IReadOnlyList<string> AvailableActions(PlaybookState state) =>
        PlaybookTransitions.Table.AvailableActions(state.Status, new(false, state.IsApproved), PlaybookTransitions.Actions);

    private static bool Refuses(PlaybookState state, PlaybookTrigger trigger, out PlaybookStatus target, out Refusal refusal, PlaybookFacts? facts = null)
    {
        var verdict = PlaybookTransitions.Table.Decide(state.Status, trigger, facts ?? new(false, state.IsApproved));
        target = verdict.Target;
        refusal = verdict.Refusal!;
        return verdict.Refusal is not null;
    }
}
