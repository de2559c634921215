using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>How the platform itself asks for a project, in whose name it works.</summary>
internal static class ProjectLookup
{
    /// <summary>The project of the call, or null when it was never made.</summary>
    /// <exception cref="CallContextException">There is no call context.</exception>
    public static Task<ProjectView?> FindProjectAsync(this IGrainFactory grains, CancellationToken cancellationToken)
    {
        var call = CallContext.Current ?? throw new CallContextException("There is no project to look for without a call context.");
        return grains.GetGrain<IProjectGrain>($"{call.ProjectId}/{IProjectGrain.Key}").GetAsync(cancellationToken);
    }

    /// <summary>Its flags; all are off where it was never made.</summary>
    public static async Task<ProjectFeatureFlags> FindFlagsAsync(this IGrainFactory grains, CancellationToken cancellationToken) =>
        (await grains.FindProjectAsync(cancellationToken))?.Configuration.FeatureFlags ?? new ProjectFeatureFlags();
}
