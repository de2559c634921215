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
            result.AddError("Integrations:Prometheus:Url is an http or https address without credentials.");
        if (options.Token is { } token && !SecretResolver.IsReference(token))
            result.AddError("Integrations:Prometheus:Token is a reference such as env://NAME, not the token.");
        if (options.TimeoutSeconds is < 1 or > 120)
            result.AddError("Integrations:Prometheus:TimeoutSeconds is 1 to 120.");
        return result.Build();
    }
}
