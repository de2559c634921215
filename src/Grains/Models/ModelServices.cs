using AwoooP.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Models;

public static class ModelServices
{
    /// <summary>
    /// The gateway to models, the steps that ask them, and the watch that cancels calls when a budget is used up. For silos: it needs grains,
    /// <c>IDeniedActs</c>, the delivery's live feed, and the <see cref="IModelProvider"/> and <see cref="IModelPrices"/> of the integrations. Register it
    /// before the worker of runs, so that it stops behind it: the worker's last steps still ask, and leave accounts to tell.
    /// </summary>
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSingleton<RefusedCalls>();
        services.AddSingleton<CallsInFlight>();
        services.AddSingleton<UntoldCalls>();
        services.AddHostedService(static provider => provider.GetRequiredService<UntoldCalls>());
        services.AddSingleton<IModelGateway, ModelGateway>();
        services.AddSingleton<IStepExecutor, ModelStepExecutor>();
        return services.AddHostedService<BudgetKillWatch>();
    }
}
