using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Operators;

namespace AwoooP.Contracts;

/// <summary>Who may sign a published version. The publisher may not, one person counts once, under whatever names, and what is signed must be what was read.</summary>
internal static class SigningRules
{
    private static readonly Guard<SigningFacts>[] InOrder =
    [
        new("is_a_person", facts => facts.IsPerson, "signer_not_a_person", "A contract is signed by people.", RefusalKind.Forbidden),
        new("is_another_than_the_publisher", facts => !facts.IsPublisher, "publisher_cannot_sign", "Who published a version may not sign it.", RefusalKind.Forbidden),
        new(
            "is_a_new_signature",
            facts => !facts.IsReplay,
            ContractRefusals.SignatureReplayed,
            "This signature was used before; every signature is made anew.",
            RefusalKind.Conflict),
        new("has_not_signed", facts => !facts.HasSigned, "already_signed", "This person has signed already; one person counts once.", RefusalKind.Conflict),
        new(
            "is_for_this_document",
            facts => facts.IsForThisDocument,
            "signature_mismatch",
            "What was signed is another document than that of this version.",
            RefusalKind.Conflict),
        new(
            "is_independent",
            facts => facts.IsIndependent,
            ContractRefusals.SignerNotIndependent,
            "The publisher and the signers must be people who do not have their keys from each other, nor from the same issuer.",
            RefusalKind.Forbidden),
        new(
            "has_room",
            facts => facts.HasRoom,
            "too_many_signatures",
            $"A version takes at most {ContractLimits.MaxSignatures} signatures, and this one had them without {ContractLimits.SignaturesNeeded} within a day of each other. "
                + "Retire it, and draft its document as the next version.",
            RefusalKind.Conflict),
    ];

    /// <summary>What is answered when another aggregate has taken the signature's id.</summary>
    public static Refusal Replayed => InOrder[2].Refusal!;

    /// <summary>The first rule that the signature breaks, or null.</summary>
    public static Refusal? Broken(Contract contract, HeldVersion held, SignContract command, Signatory signer, DateTimeOffset now)
    {
        ContractSignature[] counting = [.. held.Counting(now)];
        var facts = new SigningFacts(
            Actors.RoleOf(signer.Name) == Actors.Operator,
            held.Seal?.By == signer.Name,
            contract.HasSpent(command.SignatureId),
            counting.Any(signature => signature.Signer == signer.Name),
            string.Equals(held.Sha256, command.Sha256, StringComparison.Ordinal),
            held.Seal is not { } seal || Signatories(seal, counting).All(signer.IsIndependentOf),
            held.Spent.Count < ContractLimits.MaxSignatures);

        return Array.Find(InOrder, rule => !rule.Holds(facts))?.Refusal;
    }

    /// <summary>Whether those who published and signed are as many people as they are names.</summary>
    public static bool AreIndependent(ContractSeal seal, IReadOnlyList<ContractSignature> signatures)
    {
        Signatory[] people = [.. Signatories(seal, signatures)];
        return people.Index().All(one => people.Skip(one.Index + 1).All(one.Item.IsIndependentOf));
    }

    private static IEnumerable<Signatory> Signatories(ContractSeal seal, IEnumerable<ContractSignature> signatures) =>
        signatures.Select(static signature => new Signatory(signature.Signer, signature.IssuedBy)).Append(new Signatory(seal.By, seal.IssuedBy));

    private readonly record struct SigningFacts(bool IsPerson, bool IsPublisher, bool IsReplay, bool HasSigned, bool IsForThisDocument, bool IsIndependent, bool HasRoom);
}
