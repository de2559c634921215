using System.ComponentModel.DataAnnotations;
using AwoooP.Commands;
using AwoooP.Projects;

namespace AwoooP.Client.Api;

/// <summary>Which project is to be taken out, or is not after all, and why.</summary>
public sealed record RemovalRequest
{
    [RegularExpression(ProjectName.Pattern)]
    public required string ProjectId { get; init; }

    /// <summary>It stands in the audit trail that outlives the project.</summary>
    [MaxLength(FreeText.MaxLength)]
    public required string Reason { get; init; }
}

/// <summary>Whose removal is complete, or whose id may be used again.</summary>
public sealed record ReleaseRequest
{
    [RegularExpression(ProjectName.Pattern)]
    public required string ProjectId { get; init; }
}

/// <param name="Position">Of the catalogue's act; null when it was done before.</param>
public sealed record RemovalAnswer(string ProjectId, string? Position);
