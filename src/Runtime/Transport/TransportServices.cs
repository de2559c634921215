using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AwoooP.Runtime.Transport;

internal static class TransportServices
{
    /// <summary>
    /// Offers <see cref="Peers"/> and <see cref="SiloListener"/>, which whoever hosts them starts and stops. It needs an
    /// <see cref="ILocalPeer"/> and an <see cref="ILinkOwner"/>.
    /// </summary>
    public static IServiceCollection AddTransport(this IServiceCollection services, Action<ClusterOptions> configure)
    {
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ClusterOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClusterOptions>, ClusterOptionsValidator>());
        services.TryAddSingleton<TransportMetrics>();
        services.TryAddSingleton<Peers>();
        services.TryAddSingleton<SiloListener>();
        return services;
    }
}
