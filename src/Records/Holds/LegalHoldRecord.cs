namespace AwoooP.Records;

/// <summary>One row of <c>awooop_legal_hold</c> as its projection folds it.</summary>
internal sealed record LegalHoldRecord
{
    public required string ProjectId { get; init; }
    public required Guid HoldId { get; init; }

    /// <summary>Null: the whole project.</summary>
    public string? IncidentId { get; init; }

    public required string Reason { get; init; }
    public required string PlacedBy { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public string? ReleasedBy { get; init; }
    public DateTimeOffset? ReleasedAt { get; init; }
    public string? ReleaseReason { get; init; }
}
