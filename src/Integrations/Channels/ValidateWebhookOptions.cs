using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Channels;

internal sealed class ValidateWebhookOptions : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        // Neither value is repeated: an address that is refused may hold a password.
        foreach (var (receiver, _) in options.Receivers.Where(static pair => !OutboundOptions.IsAddress(pair.Value.Url)))
            result.AddError($"Integrations:Webhooks:Receivers:{receiver}:Url must be an http or https address without credentials.");
        foreach (var (receiver, _) in options.Receivers.Where(static pair => !SecretResolver.IsReference(pair.Value.Secret)))
            result.AddError($"Integrations:Webhooks:Receivers:{receiver}:Secret must be a reference such as env://NAME, not the key.");
        if (options.TimeoutSeconds is < 1 or > 10)
            result.AddError($"Integrations:Webhooks:TimeoutSeconds must be between 1 and 10; it is {options.TimeoutSeconds}.");
        return result.Build();
    }
}
