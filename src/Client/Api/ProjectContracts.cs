using System.ComponentModel.DataAnnotations;
using AwoooP.Projects;

namespace AwoooP.Client.Api;

/// <summary>A project as it stands.</summary>
/// <param name="Suspension">Null while it is active.</param>
public sealed record ProjectDetail(
    string ProjectId,
    long Version,
    ProjectStatus Status,
    ProjectConfiguration Configuration,
    ProjectSuspension? Suspension,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<string> AvailableActions)
{
    internal static ProjectDetail Of(ProjectView view) => new(
        view.ProjectId, view.Version, view.Status, view.Configuration, view.Suspension, view.CreatedAt, view.UpdatedAt, view.AvailableActions);
}

/// <summary>A new project: its id and its configuration.</summary>
public sealed record CreateProjectRequest
{
    /// <summary>1 to 64 lower-case letters, digits, - and _; it stays as it is.</summary>
    [RegularExpression(ProjectName.Pattern)]
    public required string ProjectId { get; init; }

    /// <summary>1 to 100 characters, for people.</summary>
    [MaxLength(ProjectConfiguration.MaxName)]
    public required string Name { get; init; }

    public ProjectQuotas Quotas { get; init => field = value ?? new(); } = new();

    public ProjectFeatureFlags FeatureFlags { get; init => field = value ?? new(); } = new();

    internal ProjectConfiguration Configuration => new() { Name = Name, Quotas = Quotas, FeatureFlags = FeatureFlags };
}
