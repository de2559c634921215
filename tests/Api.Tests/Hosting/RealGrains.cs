using AwoooP.Aggregates;
using AwoooP.Api.Tests.Engines;
using AwoooP.Events;
using AwoooP.Journal.Local;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>The real grains over a real journal, with no reactions between them: what a test asks of them is all that happens.</summary>
internal sealed class RealGrains : IAsyncDisposable
{
    private readonly JournalHost _journal;

    private RealGrains(JournalHost journal) => _journal = journal;

    public static async Task<RealGrains> StartAsync(PostgresEndpoints endpoints) => new(await JournalHost.StartAsync(
        endpoints,
        // A busy machine must not cost the lease.
        static options =>
        {
            options.Lease = TimeSpan.FromMinutes(1);
            TestEngine.ApplyTo(options);
        },
        static services =>
        {
            services.AddLogging();
            services.AddSingleton(EventCatalog.Default);
            services.AddSingleton<AggregateServices>();
            TestEngine.AddTo(services, typeof(AggregateServices).Assembly);
        }));

    public TGrain Get<TGrain>(string key) where TGrain : IGrainWithStringKey => _journal.Services.GetRequiredService<IClusterClient>().GetGrain<TGrain>(key);

    public ValueTask DisposeAsync() => _journal.DisposeAsync();
}
