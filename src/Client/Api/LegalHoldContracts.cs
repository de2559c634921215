using System.ComponentModel.DataAnnotations;
using AwoooP.Commands;
using AwoooP.Holds;

namespace AwoooP.Client.Api;

/// <summary>What is to be held, and why.</summary>
public sealed record PlaceLegalHoldRequest
{
    public required LegalHoldScope Scope { get; init; }

    /// <summary>Needed with scope incident, and only there.</summary>
    public string? IncidentId { get; init; }

    [MaxLength(FreeText.MaxLength)]
    public required string Reason { get; init; }
}

/// <summary>Why a hold is no longer needed.</summary>
public sealed record ReleaseLegalHoldRequest
{
    [MaxLength(FreeText.MaxLength)]
    public required string Reason { get; init; }
}
