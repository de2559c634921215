using AwoooP.Journal.Storage;
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
        foreach (var projection in RecordProjections.All) services.AddSingleton(projection);

        services.AddSingleton(provider => new TenantReader(app(provider)));
        services.AddSingleton(provider => new IncidentQueries(provider.GetRequiredService<TenantReader>()));
        services.AddSingleton(provider => new ApprovalQueries(provider.GetRequiredService<TenantReader>()));
        services.AddSingleton(provider => new PlaybookQueries(provider.GetRequiredService<TenantReader>()));
        services.AddSingleton(provider => new RunQueries(provider.GetRequiredService<TenantReader>()));
        services.AddSingleton(provider => new TimelineQueries(provider.GetRequiredService<TenantReader>()));
        services.AddSingleton(provider => new AlertMemberQueries(provider.GetRequiredService<TenantReader>()));
        services.AddSingleton(provider => new NotificationQueries(provider.GetRequiredService<TenantReader>()));
        services.AddSingleton(provider => new AuditQueries(provider.GetRequiredService<TenantReader>()));
        return services;
    }
}
