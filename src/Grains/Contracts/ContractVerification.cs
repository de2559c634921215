using System.Text.Json;
using AwoooP.Operators;

namespace AwoooP.Contracts;

/// <summary>Whether what a version bears still verifies: looked at whenever the version is used, so that a row that was changed behind the platform's back shows.</summary>
internal static class ContractVerification
{
    /// <returns>Null when the version can be relied on; else why not, a code of <see cref="ContractRefusals"/>.</returns>
    public static string? FaultOf(ContractId id, HeldVersion held, ContractKeyRing keys)
    {
        if (held.Status is ContractStatus.Draft)
            return null;
        if (held.Seal is not { } seal || ContractStatements.Sha256Of(held.Document) != held.Sha256)
            return ContractRefusals.SignatureInvalid;
        if (FaultOfSeal(id, held, seal, keys) is { } broken)
            return broken;

        foreach (var signature in held.Signatures)
        {
            if (FaultOfSignature(id, held, signature, keys) is { } fault)
                return fault;
        }

        return held.Status is ContractStatus.Published || HasEnough(held, seal) ? null : ContractRefusals.SignatureInvalid;
    }

    /// <summary>The text may no longer be JSON, where somebody has changed it.</summary>
    private static string? FaultOfSeal(ContractId id, HeldVersion held, ContractSeal seal, ContractKeyRing keys)
    {
        try
        {
            return keys.FaultOf(seal.KeyId, ContractStatements.OfSeal(keys.ProjectId, id, held, seal.KeyId, new Signatory(seal.By, seal.IssuedBy)), seal.Hmac);
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return ContractRefusals.SignatureInvalid;
        }
    }

    private static string? FaultOfSignature(ContractId id, HeldVersion held, ContractSignature signature, ContractKeyRing keys) => keys.FaultOf(
        signature.KeyId,
        ContractStatements.OfSignature(
            keys.ProjectId, id, held, signature.KeyId, signature.SignatureId, new Signatory(signature.Signer, signature.IssuedBy), signature.SignedAt),
        signature.Hmac);

    /// <summary>By what held when the last of them came: enough people, within their time of each other, and none under two names.</summary>
    private static bool HasEnough(HeldVersion held, ContractSeal seal) =>
        held.Signatures.Count > 0
        && held.Counting(held.Signatures.Max(static signature => signature.SignedAt)).ToArray() is { Length: >= ContractLimits.SignaturesNeeded } counting
        && SigningRules.AreIndependent(seal, counting);
}
