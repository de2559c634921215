using AwoooP.Aggregates;
using AwoooP.Commands;
using Microsoft.Extensions.Options;

namespace AwoooP.Playbooks;

internal sealed class PlaybookGrain(AggregateServices services, IOptions<PlaybookOptions> options)
    : AggregateGrain<PlaybookState, PlaybookEvent>(services), IPlaybookGrain
{
    public Task<CommandResult> CreateAsync(CreatePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Playbook.Create(state, command with { PlaybookId = Id.LocalKey }, Caller.Actor), cancellationToken);

    public Task<CommandResult> ReviseAsync(RevisePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Playbook.Revise(state, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> ApproveAsync(ApprovePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Playbook.Approve(state, Caller.Actor, options.Value.RequireSecondApprover), cancellationToken);

    public Task<CommandResult> ActivateAsync(ActivatePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Playbook.Activate(state, Caller.Actor), cancellationToken);

    public Task<CommandResult> ArchiveAsync(ArchivePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Playbook.Archive(state, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> RestoreAsync(RestorePlaybook command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Playbook.Restore(state, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> RecordOutcomeAsync(RecordOutcome command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, _) => Playbook.RecordOutcome(state, command, Caller.Actor), cancellationToken);

    public Task<PlaybookView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    private static PlaybookView? ViewOf(PlaybookState state, long version) => state.Status is PlaybookStatus.None
        ? null
        : new PlaybookView(
            version,
            state.PlaybookId,
            state.Status,
            state.DefinitionVersion,
            state.Definition!,
            state.TrustScore,
            state.SuccessCount,
            state.FailureCount,
            Playbook.AvailableActions(state));
}
