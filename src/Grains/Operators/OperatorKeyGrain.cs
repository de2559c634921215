using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Operators;

[GrainType(AggregateTypes.OperatorKey)]
internal sealed class OperatorKeyGrain(AggregateServices services) : AggregateGrain<OperatorKey, OperatorKeyEvent>(services), IOperatorKeyGrain
{
    public Task<CommandResult> IssueAsync(IssueOperatorKey command, CancellationToken cancellationToken) =>
        ExecuteAsync((key, now) => OperatorKeyDecider.Issue(key, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> RevokeAsync(RevokeOperatorKey command, CancellationToken cancellationToken) =>
        ExecuteAsync((key, _) => OperatorKeyDecider.Revoke(key, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> RotateAsync(RotateOperatorKey command, CancellationToken cancellationToken) =>
        ExecuteAsync((key, now) => OperatorKeyDecider.Rotate(key, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> NoteUseAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(OperatorKeyDecider.NoteUse, cancellationToken);

    public Task<OperatorKeyView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    private static OperatorKeyView? ViewOf(OperatorKey key, long version) => key.Issued is not { } issued
        ? null
        : new OperatorKeyView(
            version,
            issued.KeyId,
            issued.OperatorId,
            key.SecretSha256!,
            issued.Roles,
            issued.DefaultProject,
            issued.ExpiresAt,
            key.Revoked,
            issued.Scope,
            key.PreviousSha256,
            key.Rotated?.PreviousUntil,
            key.LastUsedAt,
            key.IssuedBy);
}
