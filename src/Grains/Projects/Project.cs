using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>One project. Its snapshot, too.</summary>
public sealed record Project : IAggregateState<Project, ProjectEvent>
{
    public static string AggregateType => AggregateTypes.Project;

    public static Project Initial { get; } = new();

    public static int StateVersion => 2;

    public static JsonTypeInfo<Project> Json => ProjectJson.Default.Project;

    /// <summary>Null only before the project was made.</summary>
    public ProjectConfiguration? Configuration { get; init; }

    public ProjectSuspension? Suspension { get; init; }

    /// <summary>Since when it is being taken out; it stays suspended meanwhile.</summary>
    public DateTimeOffset? RemovingSince { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    public ProjectStatus Status => (Configuration, Suspension, RemovingSince) switch
    {
        (null, _, _) => ProjectStatus.None,
        (_, null, _) => ProjectStatus.Active,
        (_, _, null) => ProjectStatus.Suspended,
        _ => ProjectStatus.Removing,
    };

    /// <summary>Fronts ask for it every few seconds.</summary>
    [JsonIgnore]
    public bool IsEnded => false;

    public Project Apply(ProjectEvent @event, DateTimeOffset at) => @event switch
    {
        ProjectCreated created => new Project { Configuration = created.Configuration, CreatedAt = at, UpdatedAt = at },
        ProjectConfigured configured => this with { Configuration = configured.Configuration, UpdatedAt = at },
        ProjectSuspended suspended => this with { Suspension = new ProjectSuspension(suspended.By, suspended.Reason, at), UpdatedAt = at },
        ProjectResumed => this with { Suspension = null, UpdatedAt = at },
        ProjectRemovalBegun => this with { RemovingSince = at, UpdatedAt = at },
        ProjectRemovalAbandoned => this with { RemovingSince = null, UpdatedAt = at },
        _ => throw new InvalidOperationException($"A project does not know {@event.GetType().Name}."),
    };
}
