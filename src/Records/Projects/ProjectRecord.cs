using AwoooP.Projects;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>awooop_project</c> as its projection folds it.</summary>
internal sealed record ProjectRecord
{
    public required AggregateKey Key { get; init; }
    public required string Name { get; init; }
    public string? SuspendedBy { get; init; }
    public string? SuspendedReason { get; init; }
    public DateTimeOffset? SuspendedAt { get; init; }
    public bool IsRemoving { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public ProjectStatus Status => IsRemoving ? ProjectStatus.Removing : SuspendedAt is null ? ProjectStatus.Active : ProjectStatus.Suspended;
}
