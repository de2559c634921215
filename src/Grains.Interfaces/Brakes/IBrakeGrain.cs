using AwoooP.Commands;

namespace AwoooP.Brakes;

/// <summary>
/// What is paused. Key: <c>{project_id}/brakes</c> for a project and its playbooks; the reserved project
/// <see cref="Everything"/> holds the pause for all.
/// </summary>
public interface IBrakeGrain : IAggregateGrain
{
    /// <summary>A project has one.</summary>
    const string Key = "brakes";

    /// <summary>The reserved project whose brake stops automation everywhere.</summary>
    const string Everything = "all";

    Task<CommandResult> PauseAsync(Pause command, CancellationToken cancellationToken);

    Task<CommandResult> ResumeAsync(Resume command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<BrakeView> GetAsync(CancellationToken cancellationToken);
}

/// <param name="PlaybookId">Null pauses the whole project.</param>
public sealed record Pause(string? PlaybookId, string Reason);

public sealed record Resume(string? PlaybookId);

public sealed record BrakeView(long Version, PauseEntry? Project, IReadOnlyDictionary<string, PauseEntry> Playbooks)
{
    /// <summary>The pause with the widest scope that holds a playbook back, or null.</summary>
    public PauseEntry? Over(string playbookId) => Project ?? Playbooks.GetValueOrDefault(playbookId);
}

public sealed record PauseEntry(string By, string Reason, DateTimeOffset Since);
