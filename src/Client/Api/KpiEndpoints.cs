using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Kpis;
using AwoooP.Operators;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

internal static class KpiEndpoints
{
    public static void MapKpis(this IEndpointRouteBuilder api) =>
        api.MapGet("/kpis", GetAsync).Needs(OperatorRole.Viewer).WithTags("kpis").WithName("GetKpis").WithSummary("The key indicators of the last 30 days");

    private static async Task<Ok<KpiView>> GetAsync(OperatorCall call, CancellationToken cancellationToken) =>
        TypedResults.Ok(await call.AskAsync(() => call.Grain<IKpiGrain>(IKpiGrain.Key).GetAsync(cancellationToken)));
}
