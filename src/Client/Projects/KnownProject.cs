using AwoooP.Projects;

namespace AwoooP.Client.Projects;

/// <summary>What this front knows of a project.</summary>
/// <param name="View">Null when there is no such project.</param>
/// <param name="ReadAt">When its grain was asked, as a timestamp.</param>
/// <param name="BelievedSince">The same, or when the grain was last asked in vain.</param>
internal sealed record KnownProject(string ProjectId, ProjectView? View, ProjectUse Use, long ReadAt, long BelievedSince);
