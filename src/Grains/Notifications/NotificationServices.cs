using AwoooP.Journal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Notifications;

internal static class NotificationServices
{
    /// <summary>Configuration: <c>Notifications</c> (<see cref="NotificationOptions"/>).</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddOptions<NotificationOptions>().BindConfiguration("Notifications")
            .Validate(options => options.Routes.All(route => route.Recipient is { Length: >= 1 and <= 256 }), "Every notification route names its recipient.")
            .ValidateOnStart();
        return services.AddSingleton<IReaction, NotificationReactions>();
    }
}
