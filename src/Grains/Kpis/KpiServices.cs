using AwoooP.Journal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Kpis;

internal static class KpiServices
{
    public static IServiceCollection AddKpis(this IServiceCollection services) => services.AddSingleton<ISubscription, KpiSubscription>();
}
