using AwoooP.Commands;

namespace AwoooP.Brakes;

/// <summary>Asks the brakes that could stop a playbook: the one for everything, then the project's.</summary>
internal static class BrakeLookup
{
    /// <summary>The pause with the widest scope that is on, or null.</summary>
    public static async Task<PauseEntry?> FindPauseAsync(this IGrainFactory grains, CallContext caller, string playbookId, CancellationToken cancellationToken)
    {
        var everything = await GetAsync(grains, caller, IBrakeGrain.Everything, cancellationToken);
        if (everything.Project is { } all)
            return all;

        var project = await GetAsync(grains, caller, caller.ProjectId, cancellationToken);
        return project.Over(playbookId);
    }

    /// <summary>The brake for everything stands in a project of its own, so it is asked in the name of that one; the caller's context is put back.</summary>
    private static async Task<BrakeView> GetAsync(IGrainFactory grains, CallContext caller, string projectId, CancellationToken cancellationToken)
    {
        CallContext.Current = caller with { ProjectId = projectId, CommandId = null, ExpectedVersion = null };
        try
        {
            return await grains.GetGrain<IBrakeGrain>($"{projectId}/{IBrakeGrain.Key}").GetAsync(cancellationToken);
        }
        finally
        {
            CallContext.Current = caller;
        }
    }
}
