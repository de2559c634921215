using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Contracts;

/// <summary>Who may sign a published version. The publisher may not, one person counts once, and what is signed must be what was read.</summary>
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
    ];

    /// <summary>What is answered when another aggregate has taken the signature's id.</summary>
    public static Refusal Replayed => InOrder[2].Refusal!;

    /// <summary>The first rule that the signature breaks, or null.</summary>
    public static Refusal? Broken(Contract contract, HeldVersion held, SignContract command, string signer, DateTimeOffset now)
    {
        var facts = new SigningFacts(
            Actors.RoleOf(signer) == Actors.Operator,
            held.Seal?.By == signer,
            contract.Spent.Contains(command.SignatureId),
            held.Counting(now).Any(signature => signature.Signer == signer),
            string.Equals(held.Sha256, command.Sha256, StringComparison.Ordinal));

        return Array.Find(InOrder, rule => !rule.Holds(facts))?.Refusal;
    }

    private readonly record struct SigningFacts(bool IsPerson, bool IsPublisher, bool IsReplay, bool HasSigned, bool IsForThisDocument);
}
