using AwoooP.Commands;

namespace AwoooP.Idempotency;

/// <summary>
/// One idempotency key of one operator, for 24 hours. Key: <c>{project_id}/{SHA-256 of operator and key}</c>. It is taken before the
/// request is carried out, so two that race, or a repeat after a crash, agree on the request, its command id and what it makes.
/// </summary>
public interface IIdempotencyGrain : IAggregateGrain
{
    /// <summary>Taken already for the same request: accepted, nothing changes. For another: refused with <c>idempotency_key_reused</c>.</summary>
    Task<CommandResult> TakeAsync(TakeIdempotencyKey command, CancellationToken cancellationToken);

    /// <summary>What the key is taken for, or null when it is free.</summary>
    [AlwaysInterleave]
    Task<IdempotencyView?> GetAsync(CancellationToken cancellationToken);
}

/// <param name="RequestSha256">Over method, path and body: 64 lower-case hex digits.</param>
/// <param name="CommandId">The id that the request's command is to have, now and when it is repeated.</param>
/// <param name="Resource">The id of what the request makes, when it makes something.</param>
public sealed record TakeIdempotencyKey(string RequestSha256, Guid CommandId, string? Resource);

public sealed record IdempotencyView(long Version, string RequestSha256, Guid CommandId, string? Resource, DateTimeOffset ExpiresAt);
