using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Audit;

[GrainType(AggregateTypes.Audit)]
internal sealed class AuditGrain(AggregateServices services) : AggregateGrain<AuditTrail, AuditTrailEvent>(services), IAuditGrain
{
    public Task<CommandResult> DenyAsync(DenyAct command, CancellationToken cancellationToken) =>
        ExecuteAsync((_, _) => AuditTrailDecider.Deny(command), cancellationToken);

    public Task<CommandResult> CountAsync(CountDenials command, CancellationToken cancellationToken) =>
        ExecuteAsync((_, _) => AuditTrailDecider.Count(command), cancellationToken);

    public Task<CommandResult> BeginSessionAsync(BeginSession command, CancellationToken cancellationToken) =>
        ExecuteAsync((_, _) => AuditTrailDecider.Begin(command), cancellationToken);

    public Task<CommandResult> EndSessionAsync(EndSession command, CancellationToken cancellationToken) =>
        ExecuteAsync((_, _) => AuditTrailDecider.End(command), cancellationToken);
}
