using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>What a project answers to its people. Pure.</summary>
internal static class ProjectDecider
{
    public static Decision<ProjectEvent> Create(Project project, string projectId, CreateProject command, string by)
    {
        if (ProjectTransitions.Table.Decide(project.Status, ProjectTrigger.Create, default).IsRefused(out var refusal))
            return refusal with { Kind = RefusalKind.Conflict, Code = ProjectRefusals.Exists, Message = "A project of this id was made before." };

        return ProjectValidation.Check(projectId, command.Configuration) is { } invalid ? invalid : new ProjectCreated(command.Configuration, by);
    }

    public static Decision<ProjectEvent> Configure(Project project, string projectId, ConfigureProject command, string by)
    {
        if (ProjectTransitions.Table.Decide(project.Status, ProjectTrigger.Configure, default).IsRefused(out var refusal))
            return refusal;
        if (ProjectValidation.Check(projectId, command.Configuration) is { } invalid)
            return invalid;

        return command.Configuration == project.Configuration ? Decision<ProjectEvent>.Nothing : new ProjectConfigured(command.Configuration, by);
    }

    public static Decision<ProjectEvent> Suspend(Project project, SuspendProject command, string by)
    {
        if (ProjectTransitions.Table.Decide(project.Status, ProjectTrigger.Suspend, default).IsRefused(out var refusal))
            return refusal;

        return FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid ? invalid : new ProjectSuspended(command.Reason, by);
    }

    public static Decision<ProjectEvent> Resume(Project project, ResumeProject command, string by) =>
        ProjectTransitions.Table.Decide(project.Status, ProjectTrigger.Resume, default).IsRefused(out var refusal)
            ? refusal
            : new ProjectResumed(command.Reason, by);

    /// <summary>A repeat is the procedure that was cut off and goes on.</summary>
    public static Decision<ProjectEvent> Remove(Project project, RemoveProject command, string by)
    {
        if (project.Status == ProjectStatus.Removing)
            return Decision<ProjectEvent>.Nothing;

        if (ProjectTransitions.Table.Decide(project.Status, ProjectTrigger.Remove, default).IsRefused(out var refusal))
            return refusal;

        return FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid ? invalid : new ProjectRemovalBegun(command.Reason, by);
    }

    /// <summary>Of one that is not being taken out there is nothing to abandon.</summary>
    public static Decision<ProjectEvent> AbandonRemoval(Project project, AbandonProjectRemoval command, string by)
    {
        if (project.Status is ProjectStatus.Active or ProjectStatus.Suspended)
            return Decision<ProjectEvent>.Nothing;

        if (ProjectTransitions.Table.Decide(project.Status, ProjectTrigger.AbandonRemoval, default).IsRefused(out var refusal))
            return refusal;

        return FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid ? invalid : new ProjectRemovalAbandoned(command.Reason, by);
    }
}
