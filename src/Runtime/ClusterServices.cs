using AwoooP.Journal.Membership;
using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Runtime;

public static class ClusterServices
{
    /// <summary>
    /// Makes the engine of this process one of several: grains are where their partition is owned, and calls find them there.
    /// Register it before <see cref="EmbeddedEngineServices.AddEmbeddedEngine"/>, so that links are closed after the grains have stopped,
    /// and after the journal, so that the silo is a member until then.
    /// </summary>
    public static IServiceCollection AddSiloCluster(this IServiceCollection services, Action<ClusterOptions> configure)
    {
        services.AddSingleton<ILocalPeer, LocalSilo>();
        services.AddSingleton<IPartitionRelease, PartitionRelease>();
        return services.AddRouting(configure);
    }

    /// <summary>
    /// Makes the engine of this process a client of the cluster: it hosts no grain, holds no lease and accepts no connection. Its
    /// <see cref="IClusterClient"/> finds the silos by the <see cref="IClusterMap"/> that is registered, and calls each grain's own silo.
    /// Register it before <see cref="EmbeddedEngineServices.AddEmbeddedEngine"/>, with the grain classes that the silos host.
    /// </summary>
    /// <param name="clientId">Unlike that of any other process: a second link of one id ends the first.</param>
    public static IServiceCollection AddClusterClient(this IServiceCollection services, string clientId, Action<ClusterOptions> configure)
    {
        services.AddSingleton<ILocalPeer>(new LocalClient(clientId));
        return services.AddRouting(cluster =>
        {
            configure(cluster);
            (cluster.Address, cluster.AdvertisedAddress) = (null, null);
        });
    }

    private static IServiceCollection AddRouting(this IServiceCollection services, Action<ClusterOptions> configure)
    {
        services.AddTransport(configure);
        services.AddSingleton<Placement>();
        services.AddSingleton<ClusterRouter>();
        services.AddSingleton<ILinkOwner>(static provider => provider.GetRequiredService<ClusterRouter>());
        services.AddSingleton<ClusterParts>();
        services.AddHostedService<ClusterLifetime>();
        return services;
    }
}
