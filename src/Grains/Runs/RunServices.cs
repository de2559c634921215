using AwoooP.Approvals;
using AwoooP.Journal.Delivery;
using AwoooP.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AwoooP.Runs;

/// <summary>Wires approvals, runs with their worker, and notifications. Executors and channels come from the integrations.</summary>
public static class RunServices
{
    /// <summary>Configuration: <c>Worker</c> (<see cref="RunWorkerOptions"/>) and <c>Notifications</c> (<see cref="NotificationOptions"/>).</summary>
    public static IServiceCollection AddRunServices(this IServiceCollection services)
    {
        services.AddOptions<RunWorkerOptions>().BindConfiguration("Worker").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NotificationOptions>().BindConfiguration("Notifications")
            .Validate(options => options.Routes.All(route => route.Recipient is { Length: >= 1 and <= 256 }), "Every notification route names its recipient.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton<RunOfferQueue>();
        services.AddSingleton<IRunOffers>(provider => provider.GetRequiredService<RunOfferQueue>());
        services.AddSingleton<RunChecks>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<RunJobFactory>();
        services.AddHostedService<RunWorker>();

        services.AddSingleton<IReaction, RunReactions>();
        services.AddSingleton<IReaction, ApprovalReactions>();
        services.AddSingleton<IReaction, NotificationReactions>();
        return services;
    }
}
