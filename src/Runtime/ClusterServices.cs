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
        services.AddTransport(configure);
        services.AddSingleton<ILocalPeer, LocalSilo>();
        services.AddSingleton<Placement>();
        services.AddSingleton<ClusterRouter>();
        services.AddSingleton<ILinkOwner>(static provider => provider.GetRequiredService<ClusterRouter>());
        services.AddSingleton<ClusterParts>();
        services.AddSingleton<IPartitionRelease, PartitionRelease>();
        services.AddHostedService<ClusterLifetime>();
        return services;
    }
}
