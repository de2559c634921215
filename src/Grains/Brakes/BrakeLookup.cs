using AwoooP.Commands;
using AwoooP.Projects;

namespace AwoooP.Brakes;

/// <summary>Asks for what could stop a playbook: the brake for everything, a suspension of the project, then the project's brake.</summary>
internal static class BrakeLookup
{
    /// <summary>The pause with the widest scope that is on, or null.</summary>
    public static async Task<PauseEntry?> FindPauseAsync(this IGrainFactory grains, CallContext caller, string playbookId, CancellationToken cancellationToken)
    {
        var everything = await AskAsync(caller, IBrakeGrain.Everything, () => Brake(grains, IBrakeGrain.Everything).GetAsync(cancellationToken));
        if (everything.Project is { } all)
            return all;

        var project = await AskAsync(caller, caller.ProjectId, () => grains.FindProjectAsync(cancellationToken));
        if (project?.Suspension is { } suspension)
            return suspension.ToPause();

        var brake = await AskAsync(caller, caller.ProjectId, () => Brake(grains, caller.ProjectId).GetAsync(cancellationToken));
        return brake.Over(playbookId);
    }

    private static IBrakeGrain Brake(IGrainFactory grains, string projectId) => grains.GetGrain<IBrakeGrain>($"{projectId}/{IBrakeGrain.Key}");

    /// <summary>The brake for everything stands in a project of its own, so it is asked in the name of that one; the caller's context is put back.</summary>
    private static async Task<T> AskAsync<T>(CallContext caller, string projectId, Func<Task<T>> read)
    {
        CallContext.Current = caller with { ProjectId = projectId, CommandId = null, ExpectedVersion = null };
        try
        {
            return await read();
        }
        finally
        {
            CallContext.Current = caller;
        }
    }
}
