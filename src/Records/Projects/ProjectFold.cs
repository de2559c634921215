using AwoooP.Projects;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>What each event of a project makes of its row.</summary>
internal static class ProjectFold
{
    public static bool Begins(DecodedEvent next) => next.Data is ProjectCreated;

    public static ProjectRecord Apply(ProjectRecord? row, DecodedEvent next)
    {
        if (next.Data is ProjectCreated created)
            return new ProjectRecord { Key = next.Key, Name = created.Configuration.Name, CreatedBy = created.By, CreatedAt = next.At, UpdatedAt = next.At };

        var before = row! with { UpdatedAt = next.At };
        return next.Data switch
        {
            ProjectConfigured configured => before with { Name = configured.Configuration.Name },
            ProjectSuspended suspended => before with { SuspendedBy = suspended.By, SuspendedReason = suspended.Reason, SuspendedAt = next.At },
            ProjectResumed => before with { SuspendedBy = null, SuspendedReason = null, SuspendedAt = null },
            ProjectRemovalBegun => before with { IsRemoving = true },
            ProjectRemovalAbandoned => before with { IsRemoving = false },
            _ => throw next.Unknown(),
        };
    }
}
