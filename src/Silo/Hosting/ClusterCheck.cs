using AwoooP.Health;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AwoooP.Silo.Hosting;

/// <summary>
/// Readiness of a front that runs apart: PostgreSQL answers, there is a silo, and calls get through to one. A front with another secret
/// than the silos' sees them and reaches none.
/// </summary>
internal sealed class ClusterCheck(ServerWatch server, IClusterMap map, IClusterClient cluster) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!server.IsAnswering)
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer.");
        if (!map.Current.Members.Any(static member => member is { IsAlive: true, Address: not null }))
            return HealthCheckResult.Unhealthy("No silo is there.");

        try
        {
            await cluster.GetGrain<IProbeGrain>(IProbeGrain.Key).AnswerAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("No silo can be reached.", fault);
        }
    }
}
