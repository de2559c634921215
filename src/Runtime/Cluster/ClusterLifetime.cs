using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Transport;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Runtime.Cluster;

/// <summary>Joins engine and links at the start. The links outlive the engine: grains that are drained may still call other silos.</summary>
internal sealed class ClusterLifetime(EmbeddedEngine engine, ClusterParts cluster, Peers peers, SiloListener listener) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cluster.Router.Attach(engine, peers);
        cluster.Placement.OwnershipChanged += engine.LeaveOutdated;
        return listener.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        cluster.Placement.OwnershipChanged -= engine.LeaveOutdated;
        await listener.StopAsync(cancellationToken);
        await peers.StopAsync(cancellationToken);
    }
}
