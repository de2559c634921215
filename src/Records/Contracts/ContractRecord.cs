using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>awooop_contract</c> as its projection folds it; which version waits for signatures is looked up among the versions.</summary>
internal sealed record ContractRecord
{
    /// <summary>The local key is the contract's id, <c>{kind}/{name}</c>.</summary>
    public required AggregateKey Key { get; init; }

    public int LastVersion { get; init; }
    public int? DraftVersion { get; init; }
    public int? ActiveVersion { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
