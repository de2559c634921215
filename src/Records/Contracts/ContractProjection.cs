using AwoooP.Contracts;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>
/// Fills <c>awooop_contract</c>, <c>awooop_contract_version</c> and <c>awooop_contract_signature</c>, and with what versions in force say
/// <c>awooop_agent</c> and <c>awooop_policy</c>.
/// </summary>
internal sealed class ContractProjection() : Projection(
    "records.contracts",
    [
        "public.awooop_contract", "public.awooop_contract_version", "public.awooop_contract_signature", "public.awooop_agent", "public.awooop_policy",
    ],
    typeof(ContractEvent))
{
    protected override async Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken)
    {
        await ContractTable.Instance.ApplyAsync(connection, events, ContractFold.Begins, ContractFold.Apply, cancellationToken);
        var versions = await ContractVersionTable.Instance.ApplyAsync(
            connection, events, ContractVersionFold.Begins, ContractVersionFold.Apply, cancellationToken);
        await ContractTable.FindPublished.ExecuteAsync(connection, [.. events.Select(static next => next.Key).Distinct()], cancellationToken);
        await ContractSignatureStatements.Insert.ExecuteAsync(connection, [.. events.Where(ContractSignatureStatements.Tells)], cancellationToken);
        await AgentStatements.Upsert.ExecuteAsync(connection, ContractStanding.Of(ContractKind.Agent, events, versions), cancellationToken);
        await PolicyStatements.Upsert.ExecuteAsync(connection, ContractStanding.Of(ContractKind.Policy, events, versions), cancellationToken);
    }
}
