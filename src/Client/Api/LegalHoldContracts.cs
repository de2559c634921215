using System.ComponentModel.DataAnnotations;
using AwoooP.Holds;

namespace AwoooP.Client.Api;

/// <summary>What is to be held, and why.</summary>
public sealed record PlaceLegalHoldRequest
{
    public required LegalHoldScope Scope { get; init; }

    /// <summary>Needed with scope incident, and only there.</summary>
    public string? IncidentId { get; init; }

    /// <summary>1 to 500 characters.</summary>
    [MaxLength(LegalHold.MaxReason)]
    public required string Reason { get; init; }
}

/// <summary>Why a hold is no longer needed.</summary>
public sealed record ReleaseLegalHoldRequest
{
    /// <summary>1 to 500 characters.</summary>
    [MaxLength(LegalHold.MaxReason)]
    public required string Reason { get; init; }
}
