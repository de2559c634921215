using AwoooP.Audit;
using AwoooP.Client;
using AwoooP.Integrations;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Local;
using AwoooP.Journal.Reports;
using AwoooP.Models;
using AwoooP.Records;
using AwoooP.Silo.Engines;

namespace AwoooP.Silo.Hosting;

/// <summary>What a process does by its role: the grains of a silo or the way to them, and the front.</summary>
internal static class ProcessServices
{
    /// <summary>Hosted services start in this order and stop in reverse: the lease outlives the grains, and the grains outlive their callers.</summary>
    public static void AddProcess(this IServiceCollection services, IConfiguration configuration, SiloOptions options, PostgresEndpoints postgres)
    {
        if (options.HostsGrains)
            services.AddSilo(configuration, options, postgres);
        else
            services.AddGrainClient(options, postgres);
        services.AddAuditKeys(configuration);
        services.AddSecrets();
        services.AddFront(configuration);
        if (!options.HostsGrains)
            return;

        // Last: they call grains as they start, and wait for the lease until they can.
        services.AddHostedService<FirstProjects>();
        services.AddHostedService<FirstOperator>();
    }

    public static void MapProcess(this WebApplication app, SiloOptions options)
    {
        if (options.ServesFront)
            app.MapFront();
        else
            app.MapProbes();
    }

    private static void AddSilo(this IServiceCollection services, IConfiguration configuration, SiloOptions options, PostgresEndpoints postgres)
    {
        var endpoint = SiloEndpoint.Choose(options);
        services.AddJournal(journal => postgres.ApplyTo(journal, options, endpoint));
        services.AddEngine(options, endpoint);
        services.AddSiloReports();
        services.AddDeniedActs();
        // Before the grains' services: the worker of runs stops first, and its last steps still ask models.
        services.AddModels();
        services.AddGrainServices();
        services.AddRecords();
        services.AddIntegrations(configuration);
        services.AddDelivery(FollowTheOthers);
        services.AddAuditHeads();
        services.AddIntake();
        services.AddHealthChecks().AddCheck<JournalCheck>("journal", tags: ["ready"]);
    }

    private static void AddGrainClient(this IServiceCollection services, SiloOptions options, PostgresEndpoints postgres)
    {
        services.AddJournalClient(journal => postgres.ApplyTo(journal, options, endpoint: null));
        services.AddEngineClient(options);
        services.AddDeniedActs();
        services.AddRecords();
        services.AddDeliveryViews(FollowTheOthers);
        services.AddReportedDelivery();
        services.AddSiloIntake();
        services.AddHealthChecks().AddCheck<ClusterCheck>("cluster", tags: ["ready"]);
    }

    /// <summary>What happens at one silo is known at all within half a second: a budget that is used up ends the calls of every silo.</summary>
    private static void FollowTheOthers(DeliveryOptions delivery) => delivery.TailInterval = TimeSpan.FromMilliseconds(250);
}
