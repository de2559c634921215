using AwoooP.Journal.Delivery;
using AwoooP.Journal.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AwoooP.Notifications;

internal static class NotificationServices
{
    /// <summary>Configuration: <c>Notifications</c> (<see cref="NotificationOptions"/>).</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSettings<NotificationOptions>(NotificationOptions.Section).Services.AddSingleton<IValidateOptions<NotificationOptions>, ValidateNotificationOptions>();
        return services.AddSingleton<IReaction, NotificationReactions>();
    }
}
