using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Brakes;

/// <summary>
/// Putting brakes on and off. Pure. A scope is either paused or not, so there is no table: pausing again with the same reason and resuming what runs
/// are accepted and change nothing, so that a repeated click is harmless; a new reason replaces the old one.
/// </summary>
internal static class BrakeDecider
{
    private const int MaxPlaybookId = 64;
    private const int MaxPlaybooks = 500;

    public static Decision<BrakeEvent> Pause(Brake brake, Pause command, string projectId, string by)
    {
        if (RefusedScope(command.PlaybookId, projectId) is { } refusal)
            return refusal;
        if (FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid)
            return invalid;

        var current = brake.Find(command.PlaybookId);
        if (current is not null && string.Equals(current.Reason, command.Reason, StringComparison.Ordinal))
            return Decision<BrakeEvent>.Nothing;
        if (current is null && command.PlaybookId is not null && brake.Playbooks.Count >= MaxPlaybooks)
            return new Refusal(RefusalKind.Conflict, "too_many_pauses", $"{MaxPlaybooks} playbooks are paused: pause the project instead.");

        return new AutomationPaused(command.PlaybookId, command.Reason, by);
    }

    public static Decision<BrakeEvent> Resume(Brake brake, Resume command, string projectId, string by)
    {
        if (RefusedScope(command.PlaybookId, projectId) is { } refusal)
            return refusal;

        return brake.Find(command.PlaybookId) is null ? Decision<BrakeEvent>.Nothing : new AutomationResumed(command.PlaybookId, by);
    }

    private static Refusal? RefusedScope(string? playbookId, string projectId) => playbookId switch
    {
        null => null,
        _ when projectId == IBrakeGrain.Everything => new(RefusalKind.Invalid, "invalid_scope", "The brake for all projects knows no playbooks.", Field: "playbook_id"),
        { Length: 0 or > MaxPlaybookId } => new(RefusalKind.Invalid, "invalid_playbook_id", $"A playbook id has 1 to {MaxPlaybookId} characters.", Field: "playbook_id"),
        _ => null,
    };
}
