using AwoooP.Client.Http;
using AwoooP.Client.Projects;
using AwoooP.Client.Queries;

namespace AwoooP.Client.Api;

/// <summary>The platform API: one group, one file a capability.</summary>
internal static class PlatformApi
{
    public const string Root = "/v1/platform";

    public static void MapPlatformApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root)
            .AsksOfProjects(ProjectRule.Active)
            .AddEndpointFilter<QueryFilter>()
            .AddEndpointFilter<ReadAfterFilter>()
            .RequireRateLimiting(RequestRate.Policy);
        api.MapIncidents();
        api.MapApprovals();
        api.MapPlaybooks();
        api.MapRuns();
        api.MapTimeline();
        api.MapNotifications();
        api.MapAudit();
        api.MapPause();
        api.MapEvents();
        api.MapKpis();
        api.MapOperators();
        api.MapProjects();
        api.MapRemovals();
        api.MapOwnerActs();
        api.MapDelivery();
        api.MapCluster();
        api.MapContracts();
        api.MapBudget();
        api.MapAgents();
        api.MapLegalHolds();
        api.MapRetention();
    }
}
