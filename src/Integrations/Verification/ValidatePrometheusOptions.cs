using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Verification;

internal sealed class ValidatePrometheusOptions : IValidateOptions<PrometheusOptions>
{
    public ValidateOptionsResult Validate(string? name, PrometheusOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!OutboundOptions.IsAddress(options.Url))
            result.AddError("Integrations:Prometheus:Url must be an http or https address without credentials.");
        if (options.Token is { } token && !SecretResolver.IsReference(token))
            result.AddError("Integrations:Prometheus:Token must be a reference such as env://NAME, not the token.");
        if (options.TimeoutSeconds is < 1 or > 120)
            result.AddError($"Integrations:Prometheus:TimeoutSeconds must be between 1 and 120; it is {options.TimeoutSeconds}.");
        return result.Build();
    }
}
