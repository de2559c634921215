using AwoooP.Journal.Membership;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AwoooP.Silo.Hosting;

/// <summary>Readiness of a front that runs apart: PostgreSQL answers, and there is a silo to call.</summary>
internal sealed class ClusterCheck(ServerWatch server, IClusterMap map) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((server.IsAnswering, map.Current.Members.Any(static member => member is { IsAlive: true, Address: not null })) switch
        {
            (false, _) => HealthCheckResult.Unhealthy("PostgreSQL does not answer."),
            (_, false) => HealthCheckResult.Unhealthy("No silo is there."),
            _ => HealthCheckResult.Healthy(),
        });
}
