using AwoooP.Commands;

namespace AwoooP.Deliveries;

/// <summary>
/// What people decided about one event that could not be delivered. Key: <c>{project_id}/{dead_letter_id}</c>. The decision is on record before
/// it is carried out, since a discarded event is gone for its consumer for good.
/// </summary>
public interface IDeadLetterGrain : IAggregateGrain
{
    Task<CommandResult> RetryAsync(RetryDeadLetter command, CancellationToken cancellationToken);

    Task<CommandResult> DiscardAsync(DiscardDeadLetter command, CancellationToken cancellationToken);
}

public sealed record RetryDeadLetter(WithheldEvent Event);

/// <param name="Reason">1 to 1,000 characters.</param>
public sealed record DiscardDeadLetter(WithheldEvent Event, string Reason);

/// <summary>The event that a dead letter holds back, and from whom.</summary>
/// <param name="Position"><c>{generation}.{partition}.{seq}</c>.</param>
/// <param name="Aggregate">Type and key of the aggregate that wrote it.</param>
public sealed record WithheldEvent(string Consumer, string Position, string Aggregate, string EventType);
