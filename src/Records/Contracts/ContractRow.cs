using AwoooP.Contracts;

namespace AwoooP.Records;

/// <summary>A contract as the API lists it.</summary>
public sealed record ContractRow
{
    public required string ProjectId { get; init; }

    /// <summary><c>{kind}/{name}</c></summary>
    public required string ContractId { get; init; }

    public required ContractKind Kind { get; init; }
    public required string Name { get; init; }
    public required int LastVersion { get; init; }
    public required int? DraftVersion { get; init; }

    /// <summary>The newest that waits for signatures.</summary>
    public required int? PublishedVersion { get; init; }

    public required int? ActiveVersion { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A version of a contract as the API lists it, without its document.</summary>
public sealed record ContractVersionRow
{
    public required int Version { get; init; }
    public required ContractStatus Status { get; init; }

    /// <summary>Over the canonical form of the document.</summary>
    public required string DocumentSha256 { get; init; }

    public required string DraftedBy { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }
    public required string? PublishedBy { get; init; }
    public required DateTimeOffset? PublishedAt { get; init; }
    public required string? KeyId { get; init; }
    public required DateTimeOffset? ActivatedAt { get; init; }
    public required DateTimeOffset? DeprecatedAt { get; init; }
    public required int? ReplacedBy { get; init; }
    public required DateTimeOffset? RetiredAt { get; init; }
    public required string? Reason { get; init; }
}

/// <summary>A seal or a signature.</summary>
public sealed record ContractSignatureRow
{
    public required Guid Id { get; init; }
    public required int Version { get; init; }

    /// <summary>publish or activate</summary>
    public required string Purpose { get; init; }

    public required Guid? SignatureId { get; init; }
    public required string Signer { get; init; }
    public required string DocumentSha256 { get; init; }
    public required string KeyId { get; init; }
    public required string Hmac { get; init; }
    public required DateTimeOffset SignedAt { get; init; }
}
