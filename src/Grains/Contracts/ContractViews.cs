using AwoooP.Commands;

namespace AwoooP.Contracts;

/// <summary>A contract as others see it.</summary>
internal static class ContractViews
{
    public static ContractView? Of(Contract contract, ContractId id, long version, ContractKeyRing keys, DateTimeOffset now) => contract.LastNumber == 0
        ? null
        : new ContractView(version, id.Kind, id.Name, contract.LastNumber, [.. contract.Versions.Select(held => Of(held, id, keys, now))]);

    public static ActiveContractAnswer ActiveOf(Contract contract, ContractId id, ContractKeyRing keys)
    {
        if (contract.With(ContractStatus.Active) is not { } held)
        {
            return new ActiveContractAnswer(null, contract.LastNumber == 0
                ? new Refusal(RefusalKind.NotFound, ContractRefusals.NotFound, "There is no such contract.")
                : new Refusal(RefusalKind.Conflict, ContractRefusals.NotActive, "No version of the contract is in force."));
        }

        return ContractVerification.FaultOf(id, held, keys) is { } code
            ? new ActiveContractAnswer(null, ContractDecider.Unusable(code))
            : new ActiveContractAnswer(new ActiveContract(id.Kind, id.Name, held.Number, held.Document, held.Sha256), null);
    }

    public static ContractFindings FindingsOf(ContractKind kind, string document) => ContractDocument.Accept(document, out var faults) is { } canonical
        ? new ContractFindings(ContractStatements.Sha256Of(canonical), ContractDocument.Check(kind, canonical))
        : new ContractFindings(null, faults);

    private static ContractVersionView Of(HeldVersion held, ContractId id, ContractKeyRing keys, DateTimeOffset now)
    {
        var unusable = ContractVerification.FaultOf(id, held, keys);
        return new ContractVersionView(
            held.Number,
            held.Status,
            held.Document,
            held.Sha256,
            held.DraftedBy,
            held.DraftedAt,
            held.Seal,
            held.PublishedAt,
            held.Status is ContractStatus.Published ? [.. held.Counting(now)] : held.Signatures,
            ContractLimits.SignaturesNeeded,
            held.ActivatedAt,
            unusable,
            held.Status is ContractStatus.Draft ? ContractDocument.Check(id.Kind, held.Document) : [],
            ContractDecider.AvailableActions(held, unusable is null));
    }
}
