using AwoooP.Journal.Membership;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Runtime.Hosting;

/// <summary>
/// Ties the engine to its host, and to the silo's membership where there is one. Stops after every service that was registered after it.
/// </summary>
internal sealed class EngineLifetime(EmbeddedEngine engine, SiloMembership? membership = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (membership is not null)
            membership.MemoryInvalidated += engine.Forget;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await engine.DrainAsync(cancellationToken);
        if (membership is not null)
            membership.MemoryInvalidated -= engine.Forget;
    }
}
