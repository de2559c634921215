using AwoooP.Journal;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Local;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Testing;

/// <summary>A journal with its membership on a test's database, as a silo runs it.</summary>
public sealed class JournalHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private JournalHost(ServiceProvider services) => _services = services;

    public IServiceProvider Services => _services;

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public JournalHealth Health => _services.GetRequiredService<JournalHealth>();

    /// <summary>Starts a silo's journal and waits until it has joined.</summary>
    /// <param name="configure">Options over those of the test, after the endpoints are set.</param>
    /// <param name="register">More services; registered before the journal's, so they win over its defaults.</param>
    public static async Task<JournalHost> StartAsync(
        PostgresEndpoints endpoints, Action<JournalOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        var host = Create(endpoints, configure, register);
        foreach (var service in host._services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        await host._services.GetRequiredService<SiloMembership>().Joined.WaitAsync(TimeSpan.FromSeconds(60));
        return host;
    }

    /// <summary>Builds the services without starting any of them.</summary>
    public static JournalHost Create(PostgresEndpoints endpoints, Action<JournalOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        var services = new ServiceCollection();
        register?.Invoke(services);
        services.AddJournal(options =>
        {
            options.Engine = endpoints.Engine;
            options.App = endpoints.App;
            options.Reader = endpoints.Reader;
            configure?.Invoke(options);
        });
        return new JournalHost(services.BuildServiceProvider());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Reverse())
            await service.StoppingAsync(CancellationToken.None);
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
