using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>
/// The ids of all projects. Key: <c>projects/catalog</c>, in the reserved project <see cref="Project"/>. An id is entered before its project is made,
/// so that none is ever missing; an id whose project was never finished stands for nothing. What is done to a project as a whole, and must be known when
/// nothing of it is left, is an act of the catalogue.
/// </summary>
public interface IProjectCatalogGrain : IAggregateGrain
{
    /// <summary>The reserved project that holds the catalogue.</summary>
    const string Project = "projects";

    const string Key = "catalog";

    /// <summary>An id that is there already changes nothing; one whose project is being or was taken out is refused with <c>project_removed</c>.</summary>
    Task<CommandResult> RegisterAsync(RegisterProject command, CancellationToken cancellationToken);

    /// <summary>A project begins to be taken out. Again changes nothing.</summary>
    Task<CommandResult> EnterRemovalAsync(EnterRemoval command, CancellationToken cancellationToken);

    /// <summary>It is not taken out after all. Again changes nothing.</summary>
    Task<CommandResult> WithdrawRemovalAsync(WithdrawRemoval command, CancellationToken cancellationToken);

    /// <summary>Nothing of the project is left. Again changes nothing.</summary>
    Task<CommandResult> CompleteRemovalAsync(CompleteRemoval command, CancellationToken cancellationToken);

    /// <summary>The id of a project that was taken out may be used again. Again changes nothing.</summary>
    Task<CommandResult> ReleaseAsync(ReleaseProjectId command, CancellationToken cancellationToken);

    /// <summary>The owner of the database is about to copy all that it holds of a project. Each time is an act.</summary>
    Task<CommandResult> EnterExportAsync(EnterExport command, CancellationToken cancellationToken);

    /// <summary>The copy is whole.</summary>
    Task<CommandResult> CompleteExportAsync(CompleteExport command, CancellationToken cancellationToken);

    /// <summary>The owner of the database is about to drop months of the log, of every project. Each time is an act.</summary>
    Task<CommandResult> EnterLogCutAsync(EnterLogCut command, CancellationToken cancellationToken);

    /// <summary>In ordinal order, without those that are being or were taken out.</summary>
    [AlwaysInterleave]
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}

public sealed record RegisterProject(string ProjectId);

public sealed record EnterRemoval(string ProjectId, string Reason);

public sealed record WithdrawRemoval(string ProjectId, string Reason);

/// <inheritdoc cref="ProjectRemoved"/>
public sealed record CompleteRemoval(string ProjectId, IReadOnlyList<DeletedRows> Rows, string? ManifestSha256);

public sealed record ReleaseProjectId(string ProjectId);

public sealed record EnterExport(string ProjectId, string Reason);

/// <inheritdoc cref="ProjectExported"/>
public sealed record CompleteExport(string ProjectId, string ManifestSha256, IReadOnlyList<string> Positions);

/// <inheritdoc cref="LogCutEntered"/>
public sealed record EnterLogCut(DateTimeOffset Before, int Months, long Events, string Reason);
