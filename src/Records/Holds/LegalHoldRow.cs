using AwoooP.Holds;

namespace AwoooP.Records;

/// <summary>A legal hold as the API lists it.</summary>
public sealed record LegalHoldRow
{
    public required Guid HoldId { get; init; }
    public required LegalHoldScope Scope { get; init; }

    /// <summary>With scope incident.</summary>
    public required string? IncidentId { get; init; }

    public required string Reason { get; init; }
    public required string PlacedBy { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public required string? ReleasedBy { get; init; }

    /// <summary>Null while it is open.</summary>
    public required DateTimeOffset? ReleasedAt { get; init; }

    public required string? ReleaseReason { get; init; }
}
