using Microsoft.Extensions.Hosting;

namespace AwoooP.Runtime.Hosting;

/// <summary>Ties the engine to its host. Stops after every service that was registered after it.</summary>
internal sealed class EngineLifetime(EmbeddedEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => engine.DrainAsync(cancellationToken);
}
