using AwoooP.Journal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Incidents;

internal static class IncidentServices
{
    public static IServiceCollection AddIncidents(this IServiceCollection services) => services.AddSingleton<IReaction, IncidentReactions>();
}
