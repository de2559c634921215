namespace AwoooP.Projects;

/// <summary>Refusal codes of a project that callers act on.</summary>
public static class ProjectRefusals
{
    public const string Exists = "project_exists";
    public const string NotFound = "project_not_found";
    public const string Suspended = "project_suspended";
}
