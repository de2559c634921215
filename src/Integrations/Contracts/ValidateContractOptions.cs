using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Contracts;

internal sealed class ValidateContractOptions : IValidateOptions<ContractOptions>
{
    private const int MaxKeys = 16;
    private const int MaxKeyId = 64;

    public ValidateOptionsResult Validate(string? name, ContractOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Keys.Count > MaxKeys)
            result.AddError($"Integrations:Contracts:Keys has at most {MaxKeys} keys; there are {options.Keys.Count}.");
        // The secret is not repeated: somebody may have put the key itself there.
        foreach (var (number, key) in options.Keys.Index())
        {
            if (!IsKeyId(key.KeyId))
                result.AddError($"Integrations:Contracts:Keys:{number}:KeyId must be 1 to {MaxKeyId} letters, digits, dots, dashes and underscores.");
            if (!SecretResolver.IsReference(key.Secret))
                result.AddError($"Integrations:Contracts:Keys:{number}:Secret must be a reference such as env://NAME, not the key.");
        }

        foreach (var twice in options.Keys.CountBy(static key => key.KeyId, StringComparer.Ordinal).Where(static pair => pair.Value > 1))
            result.AddError($"Integrations:Contracts:Keys names the key '{twice.Key}' {twice.Value} times.");
        return result.Build();
    }

    private static bool IsKeyId(string text) =>
        text.Length is >= 1 and <= MaxKeyId && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
