using System.ComponentModel.DataAnnotations;
using AwoooP.Commands;
using AwoooP.Projects;

namespace AwoooP.Client.Api;

/// <summary>Which project is about to be exported, and why.</summary>
public sealed record ExportRequest
{
    [RegularExpression(ProjectName.Pattern)]
    public required string ProjectId { get; init; }

    /// <summary>It stands in the audit trail that outlives the project.</summary>
    [MaxLength(FreeText.MaxLength)]
    public required string Reason { get; init; }
}

/// <summary>What an export holds.</summary>
public sealed record ExportedRequest
{
    [RegularExpression(ProjectName.Pattern)]
    public required string ProjectId { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string ManifestSha256 { get; init; }

    /// <summary>The last event of the project in each partition, <c>{generation}.{partition}.{seq}</c>.</summary>
    public required IReadOnlyList<string> Positions { get; init; }
}

/// <summary>Which months of the log are about to be dropped, and why.</summary>
public sealed record LogCutRequest
{
    /// <summary>The first instant that stays: a month's, UTC.</summary>
    public required DateTimeOffset Before { get; init; }

    public required int Months { get; init; }

    public required long Events { get; init; }

    [MaxLength(FreeText.MaxLength)]
    public required string Reason { get; init; }
}

/// <param name="Position">Of the catalogue's act.</param>
public sealed record OwnerActAnswer(string? Position);
