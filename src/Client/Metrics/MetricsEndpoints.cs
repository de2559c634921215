using AwoooP.Client.Auth;
using AwoooP.Operators;

namespace AwoooP.Client.Metrics;

internal static class MetricsEndpoints
{
    private const string TextFormat = "text/plain; version=0.0.4; charset=utf-8";

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", static (MetricsPage page) => TypedResults.Text(page.Render(), TextFormat))
            .NeedsKeyUnlessLoopback(OperatorRole.Viewer).ExcludeFromDescription();
}
