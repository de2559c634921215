using AwoooP.Journal.Hosting;
using Microsoft.Extensions.Options;

namespace AwoooP.Notifications;

internal sealed class ValidateNotificationOptions : IValidateOptions<NotificationOptions>
{
    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var (number, route) in options.Routes.Index().Where(static route => route.Item.Recipient is not { Length: >= 1 and <= 256 }))
            result.AddError(SettingRules.Fault($"{NotificationOptions.Section}:{nameof(options.Routes)}:{number}:Recipient must have 1 to 256 characters", route.Recipient));

        return result.Build();
    }
}
