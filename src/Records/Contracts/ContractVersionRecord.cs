using AwoooP.Contracts;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>awooop_contract_version</c> as its projection folds it.</summary>
internal sealed record ContractVersionRecord
{
    public required string ProjectId { get; init; }
    public required string ContractId { get; init; }
    public required int Version { get; init; }
    public ContractStatus Status { get; init; }

    /// <summary>JSON text.</summary>
    public string Document { get; init; } = "{}";

    public string Sha256 { get; init; } = "";
    public string DraftedBy { get; init; } = "";
    public DateTimeOffset DraftedAt { get; init; }
    public string? PublishedBy { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public string? KeyId { get; init; }
    public DateTimeOffset? ActivatedAt { get; init; }
    public DateTimeOffset? DeprecatedAt { get; init; }
    public int? ReplacedBy { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>As <see cref="ContractVersionFold.KeyOf"/> says it of an event.</summary>
    public AggregateKey Key => new(ProjectId, $"{ContractId}/{Version}");
}
