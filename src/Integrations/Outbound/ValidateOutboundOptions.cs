using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Outbound;

internal sealed class ValidateOutboundOptions : IValidateOptions<OutboundOptions>
{
    private const int SmallestAnswer = 1024;
    private const int Largest = 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        // The value is not repeated: it may hold a password.
        foreach (var (number, _) in options.AllowedOrigins.Index().Where(static origin => !IsOrigin(origin.Item)))
            result.AddError($"Integrations:Outbound:AllowedOrigins:{number} must be scheme, host and port only, e.g. http://127.0.0.1:9000.");
        if (options.MaxResponseBytes is < SmallestAnswer or > Largest)
            result.AddError($"Integrations:Outbound:MaxResponseBytes must be between {SmallestAnswer} and {Largest}; it is {options.MaxResponseBytes}.");
        if (options.MaxRequestBytes is < 0 or > Largest)
            result.AddError($"Integrations:Outbound:MaxRequestBytes must be between 0 and {Largest}; it is {options.MaxRequestBytes}.");
        return result.Build();
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && OutboundOptions.IsAddress(uri) && uri.PathAndQuery == "/" && uri.Fragment.Length == 0;
}
