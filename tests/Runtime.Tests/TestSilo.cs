using System.Collections.Concurrent;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Hosting;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Runtime.Tests;

/// <summary>An engine with the grains of this assembly, on a clock that stands still.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    /// <summary>Ends a test that hangs; no test depends on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider _services;

    public ScriptLifecycle Lifecycle { get; } = new();

    public TestSilo(Action<EngineOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(Diary);
        services.AddSingleton(Lifecycle);
        services.AddEmbeddedEngine(configure);
        services.AddGrains(typeof(TestSilo).Assembly);
        register?.Invoke(services);
        _services = services.BuildServiceProvider(validateScopes: true);
        Engine = _services.GetRequiredService<EmbeddedEngine>();
    }

    public FakeClock Clock { get; } = new();

    /// <summary>What grains noted.</summary>
    public ConcurrentQueue<string> Diary { get; } = new();

    public EmbeddedEngine Engine { get; }

    public IServiceProvider Services => _services;

    public IScriptGrain Grain(string key) => Engine.GetGrain<IScriptGrain>(key);

    public IEnumerable<Activation> Activations() => Engine.Hosts.SelectMany(static host => host.Activations());

    public Activation? ActivationOf(string key) => Activations().SingleOrDefault(activation => activation.Key == key);

    public Task StopAsync() => _services.GetServices<IHostedService>().OfType<EngineLifetime>().Single().StopAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
