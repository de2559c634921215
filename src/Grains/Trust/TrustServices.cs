using AwoooP.Journal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Trust;

internal static class TrustServices
{
    public static IServiceCollection AddTrust(this IServiceCollection services) => services.AddSingleton<IReaction, TrustReactions>();
}
