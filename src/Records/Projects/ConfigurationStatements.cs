using AwoooP.Projects;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How a project's quotas and flags are written: every known one has its row from the project's first event on.</summary>
internal static class ConfigurationStatements
{
    private const string Quotas =
        """
        insert into awooop_quota (project_id, name, bound, updated_at)
        select * from unnest($1, $2, $3, $4)
        on conflict (project_id, name) do update set bound = excluded.bound, updated_at = excluded.updated_at
        """;

    private const string Flags =
        """
        insert into awooop_feature_flag (project_id, name, enabled, updated_at)
        select * from unnest($1, $2, $3, $4)
        on conflict (project_id, name) do update set enabled = excluded.enabled, updated_at = excluded.updated_at
        """;

    public static BulkStatement<(ConfiguredProject Project, Quota Quota)> UpsertQuotas { get; } =
        new BulkStatement<(ConfiguredProject Project, Quota Quota)>(Quotas)
            .Text(row => row.Project.ProjectId)
            .Text(row => row.Quota.Name)
            .Integer(row => row.Quota.Of(row.Project.Configuration.Quotas))
            .Time(row => row.Project.At);

    public static BulkStatement<(ConfiguredProject Project, FeatureFlag Flag)> UpsertFlags { get; } =
        new BulkStatement<(ConfiguredProject Project, FeatureFlag Flag)>(Flags)
            .Text(row => row.Project.ProjectId)
            .Text(row => row.Flag.Name)
            .Boolean(row => row.Flag.Of(row.Project.Configuration.FeatureFlags))
            .Time(row => row.Project.At);
}

/// <summary>The newest configuration of a project among the events of a batch.</summary>
internal sealed record ConfiguredProject(string ProjectId, ProjectConfiguration Configuration, DateTimeOffset At);
