using AwoooP.Journal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Playbooks;

internal static class PlaybookServices
{
    /// <summary>Configuration: <c>Playbooks</c> (<see cref="PlaybookOptions"/>).</summary>
    public static IServiceCollection AddPlaybooks(this IServiceCollection services)
    {
        services.AddOptions<PlaybookOptions>().BindConfiguration("Playbooks");
        services.AddSingleton<StepRules>();
        services.AddSingleton<IReaction, PlanReactions>();
        services.AddSingleton<IReaction, PlaybookReactions>();
        return services.AddSingleton<ISubscription, PlaybookCatalogSubscription>();
    }
}
