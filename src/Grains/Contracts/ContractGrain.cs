using AwoooP.Aggregates;
using AwoooP.Commands;
using Microsoft.Extensions.Logging;

namespace AwoooP.Contracts;

[GrainType(AggregateTypes.Contract)]
internal sealed class ContractGrain(AggregateServices services, IContractKeys keys, ILogger<ContractGrain> logger)
    : AggregateGrain<Contract, ContractEvent>(services), IContractGrain
{
    private ContractId ContractId => ContractId.Parse(Id.LocalKey);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        var ring = await RingAsync(cancellationToken);
        foreach (var held in State.Versions)
        {
            if (ContractVerification.FaultOf(ContractId, held, ring) is { } code)
            {
                ContractTelemetry.Unusable(code);
                ContractLog.Unusable(logger, Id, held.Number, code);
            }
        }
    }

    public Task<CommandResult> DraftAsync(DraftContract command, CancellationToken cancellationToken) =>
        ExecuteAsync((contract, _) => ContractDecider.Draft(contract, command, Caller.Actor), cancellationToken);

    public async Task<CommandResult> PublishAsync(PublishContract command, CancellationToken cancellationToken)
    {
        var ring = await RingAsync(cancellationToken);
        return await ExecuteAsync((contract, _) => ContractDecider.Publish(contract, ContractId, command, ring, Caller.Actor), cancellationToken);
    }

    public async Task<CommandResult> SignAsync(SignContract command, CancellationToken cancellationToken)
    {
        var ring = await RingAsync(cancellationToken);
        return await ExecuteAsync((contract, now) => ContractDecider.Sign(contract, ContractId, command, ring, Caller.Actor, now), cancellationToken);
    }

    public Task<CommandResult> DeprecateAsync(DeprecateContract command, CancellationToken cancellationToken) =>
        ExecuteAsync((contract, _) => ContractDecider.Deprecate(contract, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> RetireAsync(RetireContract command, CancellationToken cancellationToken) =>
        ExecuteAsync((contract, _) => ContractDecider.Retire(contract, command, Caller.Actor), cancellationToken);

    public async Task<ContractView?> GetAsync(CancellationToken cancellationToken)
    {
        var ring = await RingAsync(cancellationToken);
        return await ReadAsync((contract, version) => ContractViews.Of(contract, ContractId, version, ring), cancellationToken);
    }

    public async Task<ActiveContractAnswer> GetActiveAsync(CancellationToken cancellationToken)
    {
        var ring = await RingAsync(cancellationToken);
        return await ReadAsync((contract, _) => ContractViews.ActiveOf(contract, ContractId, ring), cancellationToken);
    }

    public Task<ContractFindings> ValidateAsync(DraftContract document, CancellationToken cancellationToken) =>
        ReadAsync((_, _) => ContractViews.FindingsOf(ContractId.Kind, document.Document), cancellationToken);

    private async ValueTask<ContractKeyRing> RingAsync(CancellationToken cancellationToken) => new(Id.ProjectId, await keys.ReadAsync(cancellationToken));
}
