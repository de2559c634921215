using AwoooP.Aggregates;
using AwoooP.Api.Tests.Engines;
using AwoooP.Contracts;
using AwoooP.Journal;
using AwoooP.Journal.Local;
using AwoooP.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>The real grains over a real journal, with no reactions between them: what a test asks of them is all that happens.</summary>
internal sealed class RealGrains : IAsyncDisposable
{
    private readonly JournalHost _journal;

    private RealGrains(JournalHost journal) => _journal = journal;

    /// <param name="configure">What the grains of a test need besides the journal.</param>
    public static async Task<RealGrains> StartAsync(PostgresEndpoints endpoints, Action<IServiceCollection>? configure = null) => new(await JournalHost.StartAsync(
        endpoints,
        // A busy machine must not cost the lease.
        static options =>
        {
            options.Lease = TimeSpan.FromMinutes(1);
            TestEngine.ApplyTo(options);
        },
        services =>
        {
            configure?.Invoke(services);
            services.AddLogging();
            services.AddSingleton<IContractKeys, OneKey>();
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
            services.AddGrainServices();
            TestEngine.AddTo(services, typeof(AggregateServices).Assembly);
        }));

    public IJournal Journal => _journal.Journal;

    public IClusterClient Client => _journal.Services.GetRequiredService<IClusterClient>();

    public TGrain Get<TGrain>(string key) where TGrain : IGrainWithStringKey => Client.GetGrain<TGrain>(key);

    public ValueTask DisposeAsync() => _journal.DisposeAsync();
}
