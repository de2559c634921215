using AwoooP.Client.Starting;
using AwoooP.Commands;
using AwoooP.Projects;

namespace AwoooP.Client.Projects;

/// <summary>
/// The projects that are there from the first start on. One that exists or was taken out is left as it is, whatever has become of it; one that a crash left between its
/// entry in the catalogue and its making is made. What fails for the moment, as when the lease lapses meanwhile, is tried again.
/// </summary>
public sealed partial class ProjectOnboarding(IClusterClient cluster, TimeProvider time, ILogger<ProjectOnboarding> logger)
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal) { ["awoooi"] = "AwoooI", ["ewoooc"] = "EwoooC" };

    /// <param name="defaultProject">The project that is meant when a request names none: it must be there too.</param>
    /// <param name="cancellationToken">Ends the wait for the journal.</param>
    /// <returns>Those that were made now.</returns>
    public async Task<IReadOnlyList<string>> EnsureAsync(string defaultProject, CancellationToken cancellationToken)
    {
        var made = new List<string>();
        foreach (var projectId in Names.Keys.Append(defaultProject).Distinct(StringComparer.Ordinal))
        {
            var isMade = await StartCall.RepeatAsync(
                token => MakeAsync(projectId, token), fault => LogNotYet(projectId, fault.GetType().Name), time, cancellationToken);
            if (isMade)
                made.Add(projectId);
        }

        return made;
    }

    private async Task<bool> MakeAsync(string projectId, CancellationToken cancellationToken)
    {
        var project = cluster.GetGrain<IProjectGrain>($"{projectId}/{IProjectGrain.Key}");
        CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform };
        if (await project.GetAsync(cancellationToken) is not null)
            return false;

        CallContext.Current = new CallContext { ProjectId = IProjectCatalogGrain.Project, Actor = Actors.Platform };
        var catalog = cluster.GetGrain<IProjectCatalogGrain>($"{IProjectCatalogGrain.Project}/{IProjectCatalogGrain.Key}");
        var entered = await catalog.RegisterAsync(new RegisterProject(projectId), cancellationToken);
        if (entered.Refusal is { Code: ProjectRefusals.Removed })
            return false;

        Require(projectId, entered);

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
