using System.Text.Json;

namespace AwoooP.Records;

/// <summary>A policy as the API lists it: what the version of its contract that is in force says, or of the last that was.</summary>
public sealed record PolicyRow
{
    public required string ProjectId { get; init; }

    /// <summary>The name of its contract.</summary>
    public required string PolicyId { get; init; }

    /// <summary><c>policy/{name}</c></summary>
    public required string ContractId { get; init; }

    public required int ContractVersion { get; init; }
    public required Standing Status { get; init; }
    public required string Description { get; init; }

    /// <summary>Objects with <c>name</c>, <c>effect</c>, <c>actions</c>, <c>reason</c> and what narrows them, in the order of the contract.</summary>
    public required JsonElement Rules { get; init; }

    /// <summary>When a version was put in force first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this version was.</summary>
    public required DateTimeOffset ActivatedAt { get; init; }

    /// <summary>When it was taken out of force; null of an active policy.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}
