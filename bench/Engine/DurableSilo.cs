using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Bench.Engines;
using AwoooP.Events;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Local;
using AwoooP.Journal.Membership;
using AwoooP.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Bench.Engine;

/// <summary>The engine over a journal in PostgreSQL, as one of several silos or alone.</summary>
internal sealed class DurableSilo : IAsyncDisposable
{
    public const string Project = "awoooi";

    private readonly ServiceProvider _services;

    private DurableSilo(PostgresEndpoints postgres, DurableSiloSettings settings)
    {
        var services = new ServiceCollection();
        services.AddJournal(journal =>
        {
            journal.SiloId = settings.SiloId;
            journal.Address = settings.Address;
            journal.Lease = settings.Lease;
            journal.Engine = postgres.Engine;
            journal.App = postgres.App;
            journal.Reader = postgres.Reader;
        });
        services.AddEngine(settings.SiloId, settings.Address, new JsonSerializerOptions(GrainMessages.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(GrainMessages.Resolver, EngineMessages.Default),
        });
        services.AddSingleton(new EventCatalog(DocumentEventTypes.All));
        services.AddSingleton<AggregateServices>();
        _services = services.BuildServiceProvider();
    }

    public IClusterMap Map => _services.GetRequiredService<IClusterMap>();

    /// <summary>Returns once it may write.</summary>
    public static async Task<DurableSilo> StartAsync(PostgresEndpoints postgres, DurableSiloSettings settings)
    {
        var silo = new DurableSilo(postgres, settings);
        await silo._services.StartAsync();
        await silo._services.GetRequiredService<SiloMembership>().Joined;
        return silo;
    }

    public IDocumentGrain Document(string key) => _services.GetRequiredService<IGrainFactory>().GetGrain<IDocumentGrain>(key);

    public ValueTask DisposeAsync() => new(_services.StopAndDisposeAsync());
}
