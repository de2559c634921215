using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Channels;

internal sealed class ValidateWebhookOptions : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var receivers = options.Receivers.Values;
        var result = new ValidateOptionsResultBuilder();
        if (!receivers.All(receiver => OutboundOptions.IsAddress(receiver.Url)))
            result.AddError("Integrations:Webhooks:Receivers: Url is an http or https address without credentials.");
        if (!receivers.All(receiver => SecretResolver.IsReference(receiver.Secret)))
            result.AddError("Integrations:Webhooks:Receivers: Secret is a reference such as env://NAME, not the key.");
        if (options.TimeoutSeconds is < 1 or > 10)
            result.AddError("Integrations:Webhooks:TimeoutSeconds is 1 to 10.");
        return result.Build();
    }
}
