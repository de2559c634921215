using AwoooP.Projects;

namespace AwoooP.Records;

/// <summary>Which projects are wanted; null does not filter.</summary>
public sealed record ProjectFilter(ProjectStatus? Status = null);
