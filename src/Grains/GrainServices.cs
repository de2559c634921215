using AwoooP.Aggregates;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Budgets;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Journal.Delivery;
using AwoooP.Kpis;
using AwoooP.Notifications;
using AwoooP.Playbooks;
using AwoooP.Retention;
using AwoooP.Runs;
using AwoooP.Time;
using AwoooP.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AwoooP;

/// <summary>The domain, capability by capability. Each names the configuration that it reads.</summary>
public static class GrainServices
{
    /// <summary>
    /// What grains work with, the reactions between them, the subscriber grains, the consumer of alert intake, and the target of wake-ups.
    /// Needs the journal, its delivery and an engine; a <see cref="PlatformZone"/> registered before wins over the default.
    /// Executors of steps and channels of notifications come from the integrations, the removal of rows (<see cref="IRowRemoval"/>) from the records.
    /// </summary>
    public static IServiceCollection AddGrainServices(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(PlatformZone.Default);
        services.TryAddSingleton(EventCatalog.Default);
        services.AddSingleton<IKnownEvents>(static provider => new KnownEvents(provider.GetRequiredService<EventCatalog>().Knows));
        services.AddSingleton<AggregateServices>();
        services.AddSingleton<IWakeTarget, WakeTarget>();

        return services
            .AddAlerts()
            .AddIncidents()
            .AddPlaybooks()
            .AddApprovals()
            .AddRuns()
            .AddTrust()
            .AddNotifications()
            .AddKpis()
            .AddBudgets()
            .AddRetention();
    }
}
