using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Signing;

namespace AwoooP.Contracts;

/// <summary>What a contract answers to people. Pure: keys come as an argument.</summary>
internal static class ContractDecider
{
    private const string SignatureClaim = "contract_signature";

    public static Decision<ContractEvent> Draft(Contract contract, DraftContract command, string by)
    {
        if (ContractDocument.Accept(command.Document, out var faults) is not { } document)
            return Refusal.Invalid(faults);

        var draft = contract.With(ContractStatus.Draft);
        if (Table.Decide(StatusOf(draft), draft is null ? ContractTrigger.Draft : ContractTrigger.Revise, default).IsRefused(out var refusal))
            return refusal;

        var sha256 = ContractStatements.Sha256Of(document);
        if (draft is not null)
        {
            return draft.Sha256 == sha256
                ? Decision<ContractEvent>.Nothing
                : Decision<ContractEvent>.Of(new ContractDraftRevised(draft.Number, document, sha256, by));
        }

        return contract.Versions.Count < ContractLimits.MaxHeldVersions
            ? Decision<ContractEvent>.Of(new ContractDrafted(contract.LastNumber + 1, document, sha256, by))
            : new Refusal(
                RefusalKind.Conflict,
                "too_many_versions",
                $"A contract has at most {ContractLimits.MaxHeldVersions} versions that are not retired. Retire one first.");
    }

    public static Decision<ContractEvent> Publish(Contract contract, ContractId id, PublishContract command, ContractKeyRing keys, string by)
    {
        var held = contract.Find(command.Number);
        if (Table.Decide(StatusOf(held), ContractTrigger.Publish, default).IsRefused(out var refusal))
            return refusal;
        if (held!.Sha256 != command.Sha256)
            return new Refusal(RefusalKind.Conflict, ContractRefusals.DocumentChanged, "The draft is another document than the one that was read. Read it again.");
        if (ContractDocument.Check(id.Kind, held.Document) is [_, ..] faults)
            return Refusal.Invalid(faults);
        if (FindKey(keys, out var missing) is not { } key)
            return missing!;

        var seal = ContractKeyRing.Sign(key, ContractStatements.OfSeal(keys.ProjectId, id, held, key.KeyId, new Signatory(by, command.IssuedBy)));
        return new ContractPublished(held.Number, held.Sha256, new ContractSeal(key.KeyId, seal, by, command.IssuedBy));
    }

    public static Decision<ContractEvent> Sign(Contract contract, ContractId id, SignContract command, ContractKeyRing keys, string by, DateTimeOffset now)
    {
        var signer = new Signatory(by, command.IssuedBy);
        var held = contract.Find(command.Number);
        var fault = held is null ? null : ContractVerification.FaultOf(id, held, keys);
        var facts = new ContractFacts(fault is null, held?.Counting(now).Count() + 1 >= ContractLimits.SignaturesNeeded);
        if (held?.Status is ContractStatus.Published)
        {
            if (fault is not null)
                return Unusable(fault);
            if (SigningRules.Broken(contract, held, command, signer, now) is { } broken)
                return broken;
        }

        var verdict = Table.Decide(StatusOf(held), ContractTrigger.Sign, facts);
        if (verdict.IsRefused(out var refusal))
            return refusal;
        if (FindKey(keys, out var missing) is not { } key)
            return missing!;

        var hmac = ContractKeyRing.Sign(key, ContractStatements.OfSignature(keys.ProjectId, id, held!, key.KeyId, command.SignatureId, signer, now));
        var signed = Decision<ContractEvent>
            .Of(new ContractSigned(held!.Number, held.Sha256, new ContractSignature(command.SignatureId, by, now, key.KeyId, hmac, command.IssuedBy)))
            .Claim(SignatureClaim, command.SignatureId.ToString("D"), SigningRules.Replayed);
        return verdict.Target is ContractStatus.Active ? PutInForce(contract, held.Number, signed, by) : signed;
    }

    public static Decision<ContractEvent> Deprecate(Contract contract, DeprecateContract command, string by) =>
        Table.Decide(StatusOf(contract.Find(command.Number)), ContractTrigger.Deprecate, default).IsRefused(out var refusal)
            ? refusal
            : Decision<ContractEvent>.Of(new ContractDeprecated(command.Number, null, command.Reason, by));

    public static Decision<ContractEvent> Retire(Contract contract, RetireContract command, string by) =>
        Table.Decide(StatusOf(contract.Find(command.Number)), ContractTrigger.Retire, default).IsRefused(out var refusal)
            ? refusal
            : Decision<ContractEvent>.Of(new ContractRetired(command.Number, command.Reason, by));

    /// <summary>
    /// What is to be told of a contract as it was loaded. A key that cannot be read now is no finding: nobody knows yet whether the version verifies.
    /// </summary>
    public static Decision<ContractEvent> Inspect(Contract contract, ContractId id, ContractKeyRing keys)
    {
        var found = Decision<ContractEvent>.Nothing;
        foreach (var held in contract.Versions)
        {
            if (ContractVerification.FaultOf(id, held, keys) is { } code and not ContractRefusals.KeyUnavailable && !held.FoundUnusable.Contains(code))
                found = found.And(new ContractFoundUnusable(held.Number, code));
        }

        return found;
    }

    public static IReadOnlyList<string> AvailableActions(HeldVersion held, bool isVerified) =>
        Table.AvailableActions(held.Status, new ContractFacts(isVerified, IsComplete: false));

    /// <summary>Why a version that does not verify cannot be used.</summary>
    public static Refusal Unusable(string code) => new(RefusalKind.Conflict, code, code switch
    {
        ContractRefusals.KeyUnknown => "The version is signed with a key that is not known here.",
        ContractRefusals.KeyOfAnotherProject => "The version is signed with a key of another project.",
        ContractRefusals.KeyUnavailable => "A key that the version is signed with cannot be read now.",
        _ => "A signature of this version does not verify: it was changed after it was signed.",
    });

    private static TransitionTable<ContractStatus, ContractTrigger, ContractFacts> Table => ContractTransitions.Table;

    private static ContractStatus StatusOf(HeldVersion? held) => held?.Status ?? ContractStatus.None;

    private static Decision<ContractEvent> PutInForce(Contract contract, int number, Decision<ContractEvent> signed, string by)
    {
        if (contract.With(ContractStatus.Active) is { } before && Table.Decide(before.Status, ContractTrigger.Replace, default).Refusal is null)
            signed = signed.And(new ContractDeprecated(before.Number, number, null, by));
        return signed.And(new ContractActivated(number, by));
    }

    private static SigningKey? FindKey(ContractKeyRing keys, out Refusal? missing)
    {
        missing = keys.Signing switch
        {
            null => new Refusal(RefusalKind.Conflict, "contract_key_missing", "No key for signing contracts is configured for this project."),
            { CanBeRead: false } => new Refusal(RefusalKind.Conflict, ContractRefusals.KeyUnavailable, "The key for signing contracts cannot be read now."),
            _ => null,
        };
        return missing is null ? keys.Signing : null;
    }
}
