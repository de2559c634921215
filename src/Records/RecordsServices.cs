using AwoooP.Journal.Storage;
using AwoooP.Records.Reading;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AwoooP.Records;

public static class RecordsServices
{
    /// <summary>Adds the projections that fill the record tables, and the queries that read them.</summary>
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
        return services;

        void AddQueries<T>(Func<TenantReader, T> create)
            where T : class => services.AddSingleton(provider => create(provider.GetRequiredService<TenantReader>()));
    }
}
