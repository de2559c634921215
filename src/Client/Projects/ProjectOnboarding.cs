using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Projects;

namespace AwoooP.Client.Projects;

/// <summary>
/// The projects that are there from the first start on. One that exists is left as it is, whatever has become of it; one that a crash left between its
/// entry in the catalogue and its making is made. What fails for the moment, as when the lease lapses meanwhile, is tried again.
/// </summary>
public sealed partial class ProjectOnboarding(IClusterClient cluster, TimeProvider time, ILogger<ProjectOnboarding> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal) { ["awoooi"] = "AwoooI", ["ewoooc"] = "EwoooC" };

    /// <param name="defaultProject">The project that is meant when a request names none: it must be there too.</param>
    /// <param name="cancellationToken">Ends the wait for the journal.</param>
    /// <returns>Those that were made now.</returns>
    public async Task<IReadOnlyList<string>> EnsureAsync(string defaultProject, CancellationToken cancellationToken)
    {
        var made = new List<string>();
        foreach (var projectId in Names.Keys.Append(defaultProject).Distinct(StringComparer.Ordinal))
        {
            if (await EnsureOneAsync(projectId, cancellationToken))
                made.Add(projectId);
        }

        return made;
    }

    private async Task<bool> EnsureOneAsync(string projectId, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await MakeAsync(projectId, cancellationToken);
            }
            catch (Exception fault) when (FaultMiddleware.IsForNow(fault) && !cancellationToken.IsCancellationRequested)
            {
                LogNotYet(projectId, fault.GetType().Name);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task<bool> MakeAsync(string projectId, CancellationToken cancellationToken)
    {
        var project = cluster.GetGrain<IProjectGrain>($"{projectId}/{IProjectGrain.Key}");
        CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform };
        if (await project.GetAsync(cancellationToken) is not null)
            return false;

        CallContext.Current = new CallContext { ProjectId = IProjectCatalogGrain.Project, Actor = Actors.Platform };
        var catalog = cluster.GetGrain<IProjectCatalogGrain>($"{IProjectCatalogGrain.Project}/{IProjectCatalogGrain.Key}");
        Require(projectId, await catalog.RegisterAsync(new RegisterProject(projectId), cancellationToken));

        CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform };
        var configuration = new ProjectConfiguration { Name = Names.GetValueOrDefault(projectId, projectId) };
        var made = await project.CreateAsync(new CreateProject(configuration), cancellationToken);
        // Another silo that starts at the same time.
        if (made.Refusal is { Code: ProjectRefusals.Exists })
            return false;

        Require(projectId, made);
        LogMade(projectId);
        return true;
    }

    private static void Require(string projectId, CommandResult result)
    {
        if (result.Refusal is { } refusal)
            throw new InvalidOperationException($"Project {projectId} was refused: {refusal.Code}.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Project {ProjectId} cannot be looked at yet ({Fault})")]
    private partial void LogNotYet(string projectId, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Made project {ProjectId}")]
    private partial void LogMade(string projectId);
}
