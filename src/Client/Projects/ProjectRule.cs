namespace AwoooP.Client.Projects;

/// <summary>What an endpoint asks of the projects that it is about; <see cref="ProjectMiddleware"/> holds it. The innermost that is named counts.</summary>
internal sealed class ProjectRule
{
    private ProjectRule()
    {
    }

    /// <summary>Nothing: it is about no project, or about one that fronts no longer know.</summary>
    public static ProjectRule None { get; } = new();

    /// <summary>
    /// They must exist. For what must go on while a project is suspended: resuming it, taking keys back, holding automation. Such changes are not held against the
    /// project's quota of requests either.
    /// </summary>
    public static ProjectRule Known { get; } = new();

    /// <summary>They must exist, and be active where something is to be changed.</summary>
    public static ProjectRule Active { get; } = new();
}

internal static class ProjectRules
{
    public static TBuilder AsksOfProjects<TBuilder>(this TBuilder builder, ProjectRule rule) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(rule);
}
