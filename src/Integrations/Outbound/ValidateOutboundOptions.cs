using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Outbound;

internal sealed class ValidateOutboundOptions : IValidateOptions<OutboundOptions>
{
    private const int SmallestAnswer = 1024;
    private const int Largest = 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!options.AllowedOrigins.All(IsOrigin))
            result.AddError("Integrations:Outbound:AllowedOrigins takes scheme, host and port only, e.g. http://127.0.0.1:9000.");
        if (options.MaxResponseBytes is < SmallestAnswer or > Largest)
            result.AddError("Integrations:Outbound:MaxResponseBytes is 1,024 to 1,048,576.");
        if (options.MaxRequestBytes is < 0 or > Largest)
            result.AddError("Integrations:Outbound:MaxRequestBytes is 0 to 1,048,576.");
        return result.Build();
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && OutboundOptions.IsAddress(uri) && uri.PathAndQuery == "/" && uri.Fragment.Length == 0;
}
