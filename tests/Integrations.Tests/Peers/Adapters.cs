using AwoooP.Notifications;
using AwoooP.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Integrations.Tests.Peers;

/// <summary>The adapters as the silo wires them, from configuration.</summary>
internal sealed class Adapters : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Adapters(Dictionary<string, string?> settings, TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddLogging();
        if (time is not null)
            services.AddSingleton(time);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => "Integrations:" + pair.Key, pair => pair.Value)).Build();
        services.AddIntegrations(configuration).AddAuditKeys(configuration);
        _services = services.BuildServiceProvider();
    }

    public static StepContext Context { get; } = new(
        "awoooi", Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057"), Guid.Parse("01890a5d-ac97-7bbb-8ccc-dddddddddddd"), "4bf92f3577b34da6a3ce929d0e0e4736", TimeSpan.FromSeconds(30));

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public IStepExecutor Executor(string kind) => _services.GetServices<IStepExecutor>().Single(executor => executor.Kind == kind);

    public INotificationChannel Channel(NotificationChannel channel) => _services.GetServices<INotificationChannel>().Single(one => one.Channel == channel);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
