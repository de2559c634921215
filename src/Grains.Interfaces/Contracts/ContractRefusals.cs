namespace AwoooP.Contracts;

/// <summary>Refusal codes of a contract that callers act on.</summary>
public static class ContractRefusals
{
    public const string NotFound = "contract_not_found";

    /// <summary>No version of it is in force.</summary>
    public const string NotActive = "contract_not_active";

    /// <summary>A signature of the version does not verify: it cannot be used.</summary>
    public const string SignatureInvalid = "contract_signature_invalid";

    /// <summary>A signature of the version is by a key that is not known here.</summary>
    public const string KeyUnknown = "contract_key_unknown";

    /// <summary>A signature of the version is by a key of other projects.</summary>
    public const string KeyOfAnotherProject = "contract_key_of_another_project";

    /// <summary>A key cannot be read now, so nothing can be signed or verified with it.</summary>
    public const string KeyUnavailable = "contract_key_unavailable";

    /// <summary>The draft is another document than the one that was read.</summary>
    public const string DocumentChanged = "document_changed";

    /// <summary>Somebody may know the secrets of two of those who published and signed.</summary>
    public const string SignerNotIndependent = "signer_not_independent";

    public const string SignatureReplayed = "signature_replayed";
}
