using AwoooP.Journal.Delivery;
using AwoooP.Journal.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Runs;

internal static class RunServices
{
    /// <summary>Configuration: <c>Worker</c> (<see cref="RunWorkerOptions"/>).</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.AddSettings<RunWorkerOptions>("Worker");
        services.AddSingleton<IReaction, RunReactions>();

        services.AddSingleton<RunOfferQueue>();
        services.AddSingleton<IRunOffers>(provider => provider.GetRequiredService<RunOfferQueue>());
        services.AddSingleton<RunChecks>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<RunJobFactory>();
        return services.AddHostedService<RunWorker>();
    }
}
