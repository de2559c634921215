namespace AwoooP.Contracts;

/// <summary>A version that is not retired.</summary>
internal sealed record HeldVersion
{
    public required int Number { get; init; }
    public required ContractStatus Status { get; init; }

    /// <summary>In canonical form.</summary>
    public required string Document { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Who wrote the document as it stands.</summary>
    public required string DraftedBy { get; init; }

    public required DateTimeOffset DraftedAt { get; init; }

    /// <summary>Null as long as it is a draft.</summary>
    public ContractSeal? Seal { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>Those that count: at most one a person, and none older than a day when the last one came.</summary>
    public IReadOnlyList<ContractSignature> Signatures { get; init; } = [];

    /// <summary>Ids of all signatures that it was ever given, those that lapsed too: none is taken twice for as long as the version is held. Absent in older snapshots.</summary>
    public IReadOnlyList<Guid> Spent { get; init => field = value ?? []; } = [];

    /// <summary>Why it did not verify when it was loaded, each cause once: what was told is not told again. Absent in older snapshots.</summary>
    public IReadOnlyList<string> FoundUnusable { get; init => field = value ?? []; } = [];

    /// <summary>The signatures that still count at a time.</summary>
    public IEnumerable<ContractSignature> Counting(DateTimeOffset at) =>
        Signatures.Where(signature => at - signature.SignedAt < ContractLimits.SignatureLifetime);
}
