using AwoooP.Commands;

namespace AwoooP.Holds;

/// <summary>
/// What of a project must not be removed. Key: <c>{project_id}/legal_holds</c>. It knows the holds that are open; those that were released are in
/// the record table.
/// </summary>
public interface ILegalHoldsGrain : IAggregateGrain
{
    /// <summary>A project has one.</summary>
    const string Key = "legal_holds";

    /// <summary>Refused with <c>too_many_legal_holds</c> when <see cref="LegalHold.MaxOpen"/> are open. One that is open already is accepted and changes nothing.</summary>
    Task<CommandResult> PlaceAsync(PlaceLegalHold command, CancellationToken cancellationToken);

    /// <summary>Refused with <c>legal_hold_not_found</c> when it is not open.</summary>
    Task<CommandResult> ReleaseAsync(ReleaseLegalHold command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<LegalHoldsView> GetAsync(CancellationToken cancellationToken);
}

/// <param name="HoldId">A new UUID.</param>
/// <param name="IncidentId">Null holds the whole project.</param>
/// <param name="Reason">1 to <see cref="FreeText.MaxLength"/> characters.</param>
public sealed record PlaceLegalHold(Guid HoldId, string? IncidentId, string Reason);

/// <param name="Reason">1 to <see cref="FreeText.MaxLength"/> characters.</param>
public sealed record ReleaseLegalHold(Guid HoldId, string Reason);

/// <param name="Open">Oldest first.</param>
public sealed record LegalHoldsView(long Version, IReadOnlyList<LegalHold> Open);

/// <summary>A hold that is open. Why it was placed is in the log and in the record table: a hundred long reasons would not fit into a state.</summary>
/// <param name="IncidentId">Null: the whole project.</param>
public sealed record LegalHold(Guid HoldId, string? IncidentId, string By, DateTimeOffset PlacedAt)
{
    /// <summary>Holds of a project that are open at a time.</summary>
    public const int MaxOpen = 100;
}
