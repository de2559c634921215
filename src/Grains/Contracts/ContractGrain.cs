using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Journal;
using Microsoft.Extensions.Logging;

namespace AwoooP.Contracts;

[GrainType(AggregateTypes.Contract)]
internal sealed class ContractGrain(AggregateServices services, IDurableClock clock, IContractKeys keys, ILogger<ContractGrain> logger)
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

        await TellAsync(ring, cancellationToken);
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
        return await ReadAsync((contract, version) => ContractViews.Of(contract, ContractId, version, ring, clock.Now), cancellationToken);
    }

    public async Task<ActiveContractAnswer> GetActiveAsync(CancellationToken cancellationToken)
    {
        var ring = await RingAsync(cancellationToken);
        return await ReadAsync((contract, _) => ContractViews.ActiveOf(contract, ContractId, ring), cancellationToken);
    }

    public Task<ContractFindings> ValidateAsync(DraftContract document, CancellationToken cancellationToken) =>
        ReadAsync((_, _) => ContractViews.FindingsOf(ContractId.Kind, document.Document), cancellationToken);

    /// <summary>
    /// Nobody asked for this, so the platform itself is the caller; the context ends with the method. What cannot be written now is told at another
    /// load: that the contract cannot be used does not depend on it.
    /// </summary>
    private async Task TellAsync(ContractKeyRing ring, CancellationToken cancellationToken)
    {
        CallContext.Current = new CallContext { ProjectId = Id.ProjectId, Actor = Actors.Platform };
        try
        {
            await ExecuteAsync((contract, _) => ContractDecider.Inspect(contract, ContractId, ring), cancellationToken);
        }
        catch (CommandFaultException fault)
        {
            ContractLog.Untold(logger, Id, fault.Code);
        }
    }

    private async ValueTask<ContractKeyRing> RingAsync(CancellationToken cancellationToken) => new(Id.ProjectId, await keys.ReadAsync(cancellationToken));
}
