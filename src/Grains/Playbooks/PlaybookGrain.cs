using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Projects;
using Microsoft.Extensions.Options;

namespace AwoooP.Playbooks;

internal sealed class PlaybookGrain(AggregateServices services, StepRules rules, IOptions<PlaybookOptions> options)
    : SeatedGrain<Playbook, PlaybookEvent>(services), IPlaybookGrain
{
    public Task<CommandResult> CreateAsync(CreatePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((playbook, _) => PlaybookDecider.Create(playbook, Id.LocalKey, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> ReviseAsync(RevisePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((playbook, _) => PlaybookDecider.Revise(playbook, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> ApproveAsync(ApprovePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((playbook, _) => PlaybookDecider.Approve(playbook, Caller.Actor, options.Value.RequireSecondApprover), cancellationToken);

    public async Task<CommandResult> ActivateAsync(ActivatePlaybook command, CancellationToken cancellationToken)
    {
        var missing = State.Definition is { } definition
            ? await GrainFactory.FindMissingAgentAsync(Id.ProjectId, definition.Autonomy, definition.Steps, cancellationToken)
            : null;
        return await ExecuteSeatedAsync(
            Quota.ActivePlaybooks,
            (playbook, _, seat) => PlaybookDecider.Activate(playbook, missing is null ? Obstacles(playbook) : [.. Obstacles(playbook), missing], Caller.Actor, seat),
            cancellationToken);
    }

    public Task<CommandResult> ArchiveAsync(ArchivePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((playbook, _) => PlaybookDecider.Archive(playbook, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> RestoreAsync(RestorePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((playbook, _) => PlaybookDecider.Restore(playbook, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> RecordOutcomeAsync(RecordOutcome command, CancellationToken cancellationToken) =>
        ExecuteAsync((playbook, _) => PlaybookDecider.RecordOutcome(playbook, command, Caller.Actor), cancellationToken);

    public Task<PlaybookView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    private IReadOnlyList<PlaybookFinding> Obstacles(Playbook playbook) => playbook.Definition is { } definition ? rules.Find(definition) : [];

    private PlaybookView? ViewOf(Playbook playbook, long version) => playbook.Status is PlaybookStatus.None
        ? null
        : new PlaybookView(
            version,
            playbook.PlaybookId,
            playbook.Status,
            playbook.DefinitionVersion,
            playbook.Definition!,
            playbook.TrustScore,
            playbook.SuccessCount,
            playbook.FailureCount,
            PlaybookDecider.AvailableActions(playbook),
            PlaybookDecider.Warnings(playbook, Obstacles(playbook)));
}
