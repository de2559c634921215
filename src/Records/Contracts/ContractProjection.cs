using AwoooP.Contracts;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>awooop_contract</c>, <c>awooop_contract_version</c> and <c>awooop_contract_signature</c>.</summary>
internal sealed class ContractProjection() : Projection(
    "records.contracts",
    ["public.awooop_contract", "public.awooop_contract_version", "public.awooop_contract_signature"],
    typeof(ContractEvent))
{
    protected override async Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken)
    {
        await ContractTable.Instance.ApplyAsync(connection, events, ContractFold.Begins, ContractFold.Apply, cancellationToken);
        await ContractVersionTable.Instance.ApplyAsync(connection, events, ContractVersionFold.Begins, ContractVersionFold.Apply, cancellationToken);
        await ContractSignatureStatements.Insert.ExecuteAsync(connection, [.. events.Where(ContractSignatureStatements.Tells)], cancellationToken);
    }
}
