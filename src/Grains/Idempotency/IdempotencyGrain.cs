using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Idempotency;

/// <inheritdoc cref="IIdempotencyGrain" />
internal sealed class IdempotencyGrain(AggregateServices services) : AggregateGrain<IdempotencyKey, IdempotencyEvent>(services), IIdempotencyGrain
{
    public Task<CommandResult> TakeAsync(TakeIdempotencyKey command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, now) => state.Decide(command, now), cancellationToken);

    public Task<IdempotencyView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    protected override Decision<IdempotencyEvent> OnWake(IdempotencyKey state, string name, DateTimeOffset dueAt, DateTimeOffset now) =>
        state.DecideExpiry(now);

    private static IdempotencyView? ViewOf(IdempotencyKey state, long version) => state.RequestSha256 is { } request
        ? new IdempotencyView(version, request, state.CommandId, state.Resource, state.ExpiresAt)
        : null;
}
