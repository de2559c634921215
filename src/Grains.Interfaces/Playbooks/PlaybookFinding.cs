namespace AwoooP.Playbooks;

/// <summary>Something about a playbook that its people should know, or that keeps it from being carried out.</summary>
/// <param name="Field">JSON path within the definition.</param>
/// <param name="Code">Stable, e.g. <c>origin_not_allowed</c> or <c>not_verified</c>.</param>
public sealed record PlaybookFinding(string Field, string Code)
{
    /// <summary>Nothing in it looks whether the repair helped.</summary>
    public const string NotVerified = "not_verified";
}
