namespace AwoooP.Records;

/// <summary>A signed head of an audit chain, as the API answers it and as it is exported.</summary>
public sealed record AuditHeadRow
{
    public required string ProjectId { get; init; }

    /// <summary>Of the chain's last row when it was signed: <c>{generation}.{partition}.{seq}</c>.</summary>
    public required string Position { get; init; }

    public required long ChainNo { get; init; }

    /// <summary>The hash of that row, 64 lower-case hex digits.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset SignedAt { get; init; }
    public required string KeyId { get; init; }

    /// <summary>HMAC-SHA-256, 64 lower-case hex digits.</summary>
    public required string Signature { get; init; }
}
