using AwoooP.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AwoooP.Silo.Hosting;

/// <summary>Readiness: true only while the journal can write.</summary>
internal sealed class JournalCheck(JournalHealth journal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(journal.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The journal is {journal.State}."));
}
