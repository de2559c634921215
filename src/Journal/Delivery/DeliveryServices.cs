using System.Diagnostics.Metrics;
using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Live;
using AwoooP.Journal.Delivery.Ordered;
using AwoooP.Journal.Delivery.Projections;
using AwoooP.Journal.Delivery.Wakes;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Delivery;

public static class DeliveryServices
{
    /// <summary>
    /// Delivers the log to every registered <see cref="IProjection"/>, <see cref="IReaction"/> and <see cref="ISubscription"/>, and due
    /// wake-ups to the <see cref="IWakeTarget"/> if there is one. Offers <see cref="IPositionWaiter"/>, <see cref="ILiveFeed"/>,
    /// <see cref="IDeadLetters"/> and <see cref="IDeliveryStatus"/>. Needs the journal's own services, and an <see cref="IKnownEvents"/> that says what
    /// this build can read.
    /// </summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, Action<DeliveryOptions>? configure = null)
    {
        services.AddDeliveryViews(configure);
        services.AddSingleton(CreateService);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<DeliveryService>());
        services.AddSingleton<IPartitionProgress>(provider => provider.GetRequiredService<DeliveryService>());
        services.AddSingleton<IDeliveryStatus>(provider => provider.GetRequiredService<DeliveryService>());
        return services;
    }

    /// <summary>
    /// Offers <see cref="IPositionWaiter"/>, <see cref="ILiveFeed"/> and <see cref="IDeadLetters"/> to a process that delivers nothing itself, by
    /// what the tables tell. Needs <see cref="Hosting.JournalServices.AddJournalClient"/>, and the projections whose tables are read.
    /// </summary>
    public static IServiceCollection AddDeliveryViews(this IServiceCollection services, Action<DeliveryOptions>? configure = null)
    {
        services.AddOptions<DeliveryOptions>().Configure(options => configure?.Invoke(options)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();

        services.AddSingleton<LiveFeed>();
        services.AddSingleton<ILiveFeed>(provider => provider.GetRequiredService<LiveFeed>());
        services.AddSingleton<LiveTail>();
        services.AddHostedService<LiveTailService>();
        services.AddSingleton<EventHub>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<EventHub>());
        services.AddSingleton(CreateConsumers);
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<IDeadLetters>(provider => provider.GetRequiredService<DeadLetters>());
        services.AddSingleton<IPositionWaiter, PositionWaiter>();
        return services;
    }

    private static ConsumerSet CreateConsumers(IServiceProvider provider)
    {
        var connections = provider.GetRequiredService<JournalConnections>();
        var options = provider.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var projectionLogger = provider.GetRequiredService<ILogger<ProjectionPump>>();
        var orderedLogger = provider.GetRequiredService<ILogger<OrderedPump>>();
        return new ConsumerSet(
        [
            .. provider.GetServices<IProjection>().Select(projection => new ProjectionPump(projection, connections, options, time, projectionLogger)),
            .. provider.GetServices<IReaction>().Select(reaction => new OrderedPump(new ReactionTarget(reaction), connections, options, time, orderedLogger)),
            .. provider.GetServices<ISubscription>().Select(subscription =>
                new OrderedPump(new SubscriptionTarget(subscription, options.SubscriptionBatch), connections, options, time, orderedLogger)),
        ]);
    }

    /// <summary>A process without grains has no target, and fires nothing.</summary>
    private static WakePump? CreateWakes(IServiceProvider provider) =>
        provider.GetService<IWakeTarget>() is { } target
            ? ActivatorUtilities.CreateInstance<WakePump>(provider, target, provider.GetRequiredService<IOptions<DeliveryOptions>>().Value)
            : null;

    private static DeliveryService CreateService(IServiceProvider provider) => new(
        provider.GetRequiredService<EventHub>(),
        provider.GetRequiredService<ConsumerSet>(),
        provider.GetRequiredService<IKnownEvents>(),
        CreateWakes(provider),
        provider.GetRequiredService<DeadLetters>(),
        provider.GetRequiredService<IPartitionOwnership>(),
        provider.GetRequiredService<JournalConnections>(),
        provider.GetRequiredService<IOptions<DeliveryOptions>>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<IMeterFactory>(),
        provider.GetRequiredService<ILogger<DeliveryService>>());
}
