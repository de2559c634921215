using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Deliveries;

[GrainType(AggregateTypes.DeadLetter)]
internal sealed class DeadLetterGrain(AggregateServices services) : AggregateGrain<DeadLetterFile, DeadLetterEvent>(services), IDeadLetterGrain
{
    public Task<CommandResult> RetryAsync(RetryDeadLetter command, CancellationToken cancellationToken) =>
        ExecuteAsync((_, _) => DeadLetterDecider.Retry(command, Caller.Actor), cancellationToken);

    public Task<CommandResult> DiscardAsync(DiscardDeadLetter command, CancellationToken cancellationToken) =>
        ExecuteAsync((_, _) => DeadLetterDecider.Discard(command, Caller.Actor), cancellationToken);
}
