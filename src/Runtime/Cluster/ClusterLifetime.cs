using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Transport;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Runtime.Cluster;

/// <summary>Joins engine and links at the start. The links outlive the engine: grains that are drained may still call other silos.</summary>
internal sealed class ClusterLifetime(EmbeddedEngine engine, ClusterRouter router, Peers peers, SiloListener listener) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        router.Attach(engine, peers);
        return listener.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await listener.StopAsync(cancellationToken);
        await peers.StopAsync(cancellationToken);
    }
}
