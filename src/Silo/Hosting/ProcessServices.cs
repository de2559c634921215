using AwoooP.Client.Intake;
using AwoooP.Integrations;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Local;
using AwoooP.Journal.Reports;
using AwoooP.Records;
using AwoooP.Silo.Engines;

namespace AwoooP.Silo.Hosting;

/// <summary>What lies behind the front: a silo in the same process, or the way to those of others.</summary>
internal static class ProcessServices
{
    /// <summary>Hosted services start in this order and stop in reverse: the lease outlives the grains, and the grains outlive their callers.</summary>
    public static IServiceCollection AddSilo(this IServiceCollection services, IConfiguration configuration, SiloOptions options, PostgresEndpoints postgres)
    {
        var endpoint = SiloEndpoint.Choose(options);
        services.AddJournal(journal => postgres.ApplyTo(journal, options, endpoint));
        services.AddEngine(options, endpoint);
        services.AddSiloReports();
        services.AddGrainServices();
        services.AddRecords();
        services.AddIntegrations(configuration);
        services.AddDelivery();
        services.AddIntake();
        services.AddHealthChecks().AddCheck<JournalCheck>("journal", tags: ["ready"]);
        return services;
    }

    public static IServiceCollection AddFrontAlone(this IServiceCollection services, SiloOptions options, PostgresEndpoints postgres)
    {
        services.AddJournalAccess(journal => postgres.ApplyTo(journal, options, endpoint: null));
        services.AddEngineClient(options);
        services.AddRecords();
        services.AddDeliveryViews(static delivery => delivery.TailInterval = TimeSpan.FromMilliseconds(250));
        services.AddReportedDelivery();
        services.AddSingleton<IIntakeLog, SiloIntakeLog>();
        services.AddHealthChecks().AddCheck<ClusterCheck>("cluster", tags: ["ready"]);
        return services;
    }
}
