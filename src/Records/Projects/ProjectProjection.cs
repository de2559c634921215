using AwoooP.Projects;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>awooop_project</c>, <c>awooop_quota</c> and <c>awooop_feature_flag</c>.</summary>
internal sealed class ProjectProjection() : Projection(
    "records.projects", ["public.awooop_project", "public.awooop_quota", "public.awooop_feature_flag"], typeof(ProjectEvent))
{
    protected override async Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken)
    {
        await ProjectTable.Instance.ApplyAsync(connection, events, ProjectFold.Begins, ProjectFold.Apply, cancellationToken);

        // Of several configurations in one batch the last counts: a statement may write a row once.
        ConfiguredProject[] configured = [.. events.Select(Configured).OfType<ConfiguredProject>().GroupBy(project => project.ProjectId).Select(group => group.Last())];
        await ConfigurationStatements.UpsertQuotas.ExecuteAsync(
            connection, [.. configured.SelectMany(_ => Quota.All, static (project, quota) => (project, quota))], cancellationToken);
        await ConfigurationStatements.UpsertFlags.ExecuteAsync(
            connection, [.. configured.SelectMany(_ => FeatureFlag.All, static (project, flag) => (project, flag))], cancellationToken);
    }

    private static ConfiguredProject? Configured(DecodedEvent next) => next.Data switch
    {
        ProjectCreated created => new(next.ProjectId, created.Configuration, next.At),
        ProjectConfigured configured => new(next.ProjectId, configured.Configuration, next.At),
        _ => null,
    };
}
