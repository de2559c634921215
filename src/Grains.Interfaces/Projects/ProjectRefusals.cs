namespace AwoooP.Projects;

/// <summary>Refusal codes of a project that callers act on.</summary>
public static class ProjectRefusals
{
    public const string Exists = "project_exists";
    public const string NotFound = "project_not_found";
    public const string QuotaExceeded = "quota_exceeded";
    public const string Suspended = "project_suspended";

    /// <summary>A project of this id was taken out, and its id was not given back.</summary>
    public const string Removed = "project_removed";
}
