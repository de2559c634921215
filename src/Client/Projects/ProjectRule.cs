namespace AwoooP.Client.Projects;

/// <summary>What an endpoint asks of the projects that it is about; <see cref="ProjectMiddleware"/> holds it. The innermost that is named counts.</summary>
internal sealed class ProjectRule
{
    private ProjectRule()
    {
    }

    /// <summary>They must exist. For what must go on while a project is suspended: resuming it, taking keys back, holding automation.</summary>
    public static ProjectRule Known { get; } = new();

    /// <summary>They must exist, and be active where something is to be changed.</summary>
    public static ProjectRule Active { get; } = new();
}

internal static class ProjectRules
{
    public static TBuilder AsksOfProjects<TBuilder>(this TBuilder builder, ProjectRule rule) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(rule);
}
