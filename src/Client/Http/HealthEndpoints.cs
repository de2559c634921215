using AwoooP.Client.Problems;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AwoooP.Client.Http;

/// <summary>Whether the process lives, and whether it can do its work: every check tagged <see cref="ReadyTag"/> is healthy.</summary>
internal static class HealthEndpoints
{
    public const string ReadyTag = "ready";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/-/healthy", static () => TypedResults.Text("healthy\n")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/-/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(static check => check.Tags.Contains(ReadyTag), cancellationToken);
        if (report.Status == HealthStatus.Healthy)
            return TypedResults.Text("ready\n");

        var waiting = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => entry.Key);
        return Problem.Unavailable("not_ready", $"Not ready: {string.Join(", ", waiting)}.").Result();
    }
}
