using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AwoooP.Audit;

public static class AuditServices
{
    /// <summary>
    /// The one way in which a process, of any role, puts refused acts on record. Needs <c>IClusterClient</c> and <c>TimeProvider</c>. Register it behind the
    /// engine and before whoever is refused something, so that it stops behind them and can still tell.
    /// </summary>
    public static IServiceCollection AddDeniedActs(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton(static provider => new DeniedActs(
            provider.GetRequiredService<IClusterClient>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILogger<DeniedActs>>()));
        services.AddSingleton<IDeniedActs>(static provider => provider.GetRequiredService<DeniedActs>());
        return services.AddHostedService<DenialCounts>();
    }
}
