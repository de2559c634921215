using AwoooP.Projects;

namespace AwoooP.Records;

/// <summary>A project as lists answer it.</summary>
public sealed record ProjectRow
{
    public required string ProjectId { get; init; }
    public required string Name { get; init; }
    public required ProjectStatus Status { get; init; }
    public required string? SuspendedBy { get; init; }
    public required string? SuspendedReason { get; init; }
    public required DateTimeOffset? SuspendedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
