using AwoooP.Projects;

namespace AwoooP.Records;

/// <summary>A project that is being taken out or was.</summary>
/// <param name="Rows">Deleted so far, by table.</param>
/// <param name="ManifestSha256">Of the export that was named, or null.</param>
/// <param name="RemovedAt">Null until nothing of it is left.</param>
public sealed record RemovedProject(string ProjectId, IReadOnlyList<DeletedRows> Rows, string? ManifestSha256, DateTimeOffset? RemovedAt);
