using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Projects;

public abstract record ProjectEvent;

public sealed record ProjectCreated(ProjectConfiguration Configuration, string By) : ProjectEvent;

public sealed record ProjectConfigured(ProjectConfiguration Configuration, string By) : ProjectEvent;

public sealed record ProjectSuspended(string Reason, string By) : ProjectEvent;

public sealed record ProjectResumed(string? Reason, string By) : ProjectEvent;

/// <summary>From here on it is closed: it stays suspended, and nobody is shown it.</summary>
public sealed record ProjectRemovalBegun(string Reason, string By) : ProjectEvent;

/// <summary>Before anything was deleted: it is suspended as it was.</summary>
public sealed record ProjectRemovalAbandoned(string Reason, string By) : ProjectEvent;

public abstract record ProjectCatalogEvent;

public sealed record ProjectRegistered(string ProjectId) : ProjectCatalogEvent;

public sealed record RemovalEntered(string ProjectId, string Reason, string By) : ProjectCatalogEvent;

public sealed record RemovalWithdrawn(string ProjectId, string Reason, string By) : ProjectCatalogEvent;

/// <summary>The last that is ever said of a project, in the reserved one that outlives it.</summary>
/// <param name="Rows">What was deleted, by table.</param>
/// <param name="ManifestSha256">Of the export that was made before; null where none was named.</param>
public sealed record ProjectRemoved(string ProjectId, IReadOnlyList<DeletedRows> Rows, string? ManifestSha256, string By) : ProjectCatalogEvent;

/// <summary>The id may be used again.</summary>
public sealed record ProjectIdReleased(string ProjectId, string By) : ProjectCatalogEvent;

/// <summary>Somebody is about to copy all that the database holds of the project.</summary>
public sealed record ExportEntered(string ProjectId, string Reason, string By) : ProjectCatalogEvent;

/// <summary>The copy is whole.</summary>
/// <param name="ManifestSha256">Of its manifest, 64 lower-case hex digits: it names the export.</param>
/// <param name="Positions">The last event of the project in each partition, <c>{generation}.{partition}.{seq}</c>.</param>
public sealed record ProjectExported(string ProjectId, string ManifestSha256, IReadOnlyList<string> Positions, string By) : ProjectCatalogEvent;

/// <summary>Somebody is about to drop months of the log, of every project. Whether it came to that is told by where the log begins.</summary>
/// <param name="Before">The first instant that stays.</param>
/// <param name="Months">How many go.</param>
/// <param name="Events">How many events they hold.</param>
public sealed record LogCutEntered(DateTimeOffset Before, int Months, long Events, string Reason, string By) : ProjectCatalogEvent;

/// <param name="Table">Schema and name.</param>
public sealed record DeletedRows(string Table, long Rows);

public static class ProjectEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<ProjectCreated>("project.created", 1, ProjectEventJson.Default.ProjectCreated),
        new EventType<ProjectConfigured>("project.configured", 1, ProjectEventJson.Default.ProjectConfigured),
        new EventType<ProjectSuspended>("project.suspended", 1, ProjectEventJson.Default.ProjectSuspended),
        new EventType<ProjectResumed>("project.resumed", 1, ProjectEventJson.Default.ProjectResumed),
        new EventType<ProjectRemovalBegun>("project.removal_begun", 1, ProjectEventJson.Default.ProjectRemovalBegun),
        new EventType<ProjectRemovalAbandoned>("project.removal_abandoned", 1, ProjectEventJson.Default.ProjectRemovalAbandoned),
        new EventType<ProjectRegistered>("project_catalog.project_registered", 1, ProjectEventJson.Default.ProjectRegistered),
        new EventType<RemovalEntered>("project_catalog.removal_entered", 1, ProjectEventJson.Default.RemovalEntered),
        new EventType<RemovalWithdrawn>("project_catalog.removal_withdrawn", 1, ProjectEventJson.Default.RemovalWithdrawn),
        new EventType<ProjectRemoved>("project_catalog.project_removed", 1, ProjectEventJson.Default.ProjectRemoved),
        new EventType<ProjectIdReleased>("project_catalog.id_released", 1, ProjectEventJson.Default.ProjectIdReleased),
        new EventType<ExportEntered>("project_catalog.export_entered", 1, ProjectEventJson.Default.ExportEntered),
        new EventType<ProjectExported>("project_catalog.project_exported", 1, ProjectEventJson.Default.ProjectExported),
        new EventType<LogCutEntered>("project_catalog.log_cut_entered", 1, ProjectEventJson.Default.LogCutEntered),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProjectCreated))]
[JsonSerializable(typeof(ProjectConfigured))]
[JsonSerializable(typeof(ProjectSuspended))]
[JsonSerializable(typeof(ProjectResumed))]
[JsonSerializable(typeof(ProjectRemovalBegun))]
[JsonSerializable(typeof(ProjectRemovalAbandoned))]
[JsonSerializable(typeof(ProjectRegistered))]
[JsonSerializable(typeof(RemovalEntered))]
[JsonSerializable(typeof(RemovalWithdrawn))]
[JsonSerializable(typeof(ProjectRemoved))]
[JsonSerializable(typeof(ProjectIdReleased))]
[JsonSerializable(typeof(ExportEntered))]
[JsonSerializable(typeof(ProjectExported))]
[JsonSerializable(typeof(LogCutEntered))]
internal sealed partial class ProjectEventJson : JsonSerializerContext;
