using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Signing;

/// <summary>Of every section that has such keys; the options have the section's name.</summary>
internal sealed class ValidateSigningOptions : IValidateOptions<SigningOptions>
{
    private const int MaxKeys = 16;
    private const int MaxKeyId = 64;

    public ValidateOptionsResult Validate(string? name, SigningOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        var keys = $"Integrations:{name}:Keys";
        if (options.Keys.Count > MaxKeys)
            result.AddError($"{keys} has at most {MaxKeys} keys; there are {options.Keys.Count}.");
        // The secret is not repeated: somebody may have put the key itself there.
        foreach (var (number, key) in options.Keys.Index())
        {
            if (!IsKeyId(key.KeyId))
                result.AddError($"{keys}:{number}:KeyId must be 1 to {MaxKeyId} letters, digits, dots, dashes and underscores.");
            if (!SecretResolver.IsReference(key.Secret))
                result.AddError($"{keys}:{number}:Secret must be a reference such as env://NAME, not the key.");
        }

        foreach (var twice in options.Keys.CountBy(static key => key.KeyId, StringComparer.Ordinal).Where(static pair => pair.Value > 1))
            result.AddError($"{keys} names the key '{twice.Key}' {twice.Value} times.");
        return result.Build();
    }

    private static bool IsKeyId(string text) =>
        text.Length is >= 1 and <= MaxKeyId && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
