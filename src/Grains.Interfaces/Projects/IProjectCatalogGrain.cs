using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>
/// The ids of all projects. Key: <c>projects/catalog</c>, in the reserved project <see cref="Project"/>. An id is entered before its project is made,
/// so that none is ever missing; an id whose project was never finished stands for nothing.
/// </summary>
public interface IProjectCatalogGrain : IAggregateGrain
{
    /// <summary>The reserved project that holds the catalogue.</summary>
    const string Project = "projects";

    const string Key = "catalog";

    /// <summary>An id that is there already changes nothing.</summary>
    Task<CommandResult> RegisterAsync(RegisterProject command, CancellationToken cancellationToken);

    /// <summary>In ordinal order.</summary>
    [AlwaysInterleave]
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}

public sealed record RegisterProject(string ProjectId);
