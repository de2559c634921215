using AwoooP.Aggregates;

namespace AwoooP.Projects;

/// <summary>
/// A project is made once; it can be suspended and resumed, and configured in either state. A suspended one can be taken out, which is an owner's
/// procedure and no button.
/// </summary>
public static class ProjectTransitions
{
    public static TransitionTable<ProjectStatus, ProjectTrigger, NoFacts> Table { get; } = new("project",
    [
        new(ProjectStatus.None, ProjectTrigger.Create, ProjectStatus.Active),

        new(ProjectStatus.Active, ProjectTrigger.Configure, ProjectStatus.Active),
        new(ProjectStatus.Active, ProjectTrigger.Suspend, ProjectStatus.Suspended),

        new(ProjectStatus.Suspended, ProjectTrigger.Configure, ProjectStatus.Suspended),
        new(ProjectStatus.Suspended, ProjectTrigger.Resume, ProjectStatus.Active),
        new(ProjectStatus.Suspended, ProjectTrigger.Remove, ProjectStatus.Removing),

        new(ProjectStatus.Removing, ProjectTrigger.AbandonRemoval, ProjectStatus.Suspended),
    ],
    [ProjectTrigger.Configure, ProjectTrigger.Suspend, ProjectTrigger.Resume]);
}
