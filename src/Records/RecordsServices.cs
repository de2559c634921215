using System.Diagnostics.Metrics;
using AwoooP.Audit;
using AwoooP.Journal;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using AwoooP.Records.Reading;
using AwoooP.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AwoooP.Records;

public static class RecordsServices
{
    /// <summary>
    /// Adds the projections that fill the record tables, the queries that read them, and the removal of rows past their term. Needs an <see cref="IAuditSigner"/> where audit chains
    /// are checked.
    /// </summary>
    /// <param name="app">The data source of role awooop_app; the journal's unless given.</param>
    public static IServiceCollection AddRecords(this IServiceCollection services, Func<IServiceProvider, NpgsqlDataSource>? app = null)
    {
        app ??= provider => provider.GetRequiredService<JournalDataSources>().App;
        foreach (var projection in RecordProjections.All)
            services.AddSingleton(projection);

        services.AddSingleton(provider => new TenantReader(app(provider)));
        AddQueries(reader => new IncidentQueries(reader));
        AddQueries(reader => new ApprovalQueries(reader));
        AddQueries(reader => new PlaybookQueries(reader));
        AddQueries(reader => new RunQueries(reader));
        AddQueries(reader => new TimelineQueries(reader));
        AddQueries(reader => new AlertMemberQueries(reader));
        AddQueries(reader => new NotificationQueries(reader));
        AddQueries(reader => new AuditQueries(reader));
        AddQueries(reader => new OperatorQueries(reader));
        AddQueries(reader => new AuditEventQueries(reader));
        AddQueries(reader => new AuditHeadQueries(reader));
        services.AddSingleton(provider => new AuditVerifier(provider.GetRequiredService<TenantReader>(), provider.GetRequiredService<IAuditSigner>()));
        AddQueries(reader => new ProjectQueries(reader));
        AddQueries(reader => new RemovedProjectQueries(reader));
        AddQueries(reader => new ContractQueries(reader));
        AddQueries(reader => new BudgetQueries(reader));
        AddQueries(reader => new StandingQueries(reader));
        AddQueries(reader => new LegalHoldQueries(reader));
        services.AddSingleton<IRowRemoval>(provider => new RowRemoval(app(provider)));
        return services;

        void AddQueries<T>(Func<TenantReader, T> create)
            where T : class => services.AddSingleton(provider => create(provider.GetRequiredService<TenantReader>()));
    }

    /// <summary>Signs the heads of the audit chains of this silo's partitions. Needs the journal and an <see cref="IAuditSigner"/>.</summary>
    public static IServiceCollection AddAuditHeads(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var sources = provider.GetRequiredService<JournalDataSources>();
            return new AuditHeadSigner(sources.Engine, sources.App, provider.GetRequiredService<IAuditSigner>(), provider.GetRequiredService<IDurableClock>());
        });
        services.AddSettings<AuditHeadsOptions>(AuditHeadsOptions.Place).Services.AddSingleton<IValidateOptions<AuditHeadsOptions>, ValidateAuditHeadsOptions>();
        services.AddSingleton(provider =>
        {
            var sources = provider.GetRequiredService<JournalDataSources>();
            return new AuditHeadExport(
                sources.Engine,
                sources.App,
                provider.GetRequiredService<IOptions<AuditHeadsOptions>>(),
                provider.GetRequiredService<IAuditSigner>(),
                provider.GetRequiredService<IDurableClock>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IMeterFactory>(),
                provider.GetRequiredService<ILogger<AuditHeadExport>>());
        });
        services.AddHostedService<AuditHeadService>();
        return services;
    }
}
