using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Idempotency;

/// <inheritdoc cref="IIdempotencyGrain" />
internal sealed class IdempotencyGrain(AggregateServices services) : AggregateGrain<IdempotencyKey, IdempotencyEvent>(services), IIdempotencyGrain
{
    public Task<CommandResult> TakeAsync(TakeIdempotencyKey command, CancellationToken cancellationToken) =>
        ExecuteAsync((state, now) => state.Decide(command, now), cancellationToken);

    public Task<IdempotencyView?> GetAsync(CancellationToken cancellationToken)
    {
        var state = Read();
        return Task.FromResult(state.RequestSha256 is { } request
            ? new IdempotencyView(Version, request, state.CommandId, state.Resource, state.ExpiresAt)
            : null);
    }

    protected override Decision<IdempotencyEvent> OnWake(IdempotencyKey state, string name, DateTimeOffset dueAt, DateTimeOffset now) =>
        state.DecideExpiry(now);
}
