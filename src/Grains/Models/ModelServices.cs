using AwoooP.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Models;

public static class ModelServices
{
    /// <summary>
    /// The gateway to models, the steps that ask them, and the watch that cancels calls when a budget is used up. For silos: it needs grains, the
    /// delivery's live feed, and the <see cref="IModelProvider"/> and <see cref="IModelPrices"/> of the integrations.
    /// </summary>
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSingleton<CallsInFlight>();
        services.AddSingleton<IModelGateway, ModelGateway>();
        services.AddSingleton<IStepExecutor, ModelStepExecutor>();
        return services.AddHostedService<BudgetKillWatch>();
    }
}
