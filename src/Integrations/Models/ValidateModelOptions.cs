using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using AwoooP.Journal.Hosting;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Models;

internal sealed class ValidateModelOptions : IValidateOptions<ModelOptions>
{
    private const int MaxProviders = 16;
    private const int MaxName = 32;
    private const int MaxSeconds = 600;

    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Providers.Count > MaxProviders)
            result.AddError($"Integrations:Models:Providers has at most {MaxProviders} providers; there are {options.Providers.Count}.");
        foreach (var (number, provider) in options.Providers.Index())
        {
            var key = $"Integrations:Models:Providers:{number}";
            if (!IsName(provider.Name))
                result.AddError($"{key}:Name must be 1 to {MaxName} lower-case letters, digits, dashes and underscores, the first a letter.");
            // Neither is repeated: an address may hold a password, and somebody may have put the key itself there.
            if (!OutboundOptions.IsAddress(provider.Url) || provider.Url is { Query.Length: > 0 } or { Fragment.Length: > 0 })
                result.AddError($"{key}:Url must be an http or https address without credentials and query.");
            if (provider.Key is { } reference && !SecretResolver.IsReference(reference))
                result.AddError($"{key}:Key must be a reference such as env://NAME, not the key.");
            if (provider.TimeoutSeconds is < 1 or > MaxSeconds)
                result.AddError($"{key}:TimeoutSeconds must be between 1 and {MaxSeconds}; it is {provider.TimeoutSeconds}.");
        }

        foreach (var twice in options.Providers.CountBy(static provider => provider.Name, StringComparer.Ordinal).Where(static pair => pair.Value > 1))
            result.AddError($"Integrations:Models:Providers names the provider '{twice.Key}' {twice.Value} times.");
        if (PriceTable.Load(options.Prices, out var fault) is null)
            result.AddError(SettingRules.Fault($"Integrations:Models:Prices {fault}", options.Prices));
        return result.Build();
    }

    private static bool IsName(string text) =>
        text.Length is >= 1 and <= MaxName && char.IsAsciiLetterLower(text[0])
        && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');
}
