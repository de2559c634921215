using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Audit;

internal sealed class ValidateAuditKeyOptions : IValidateOptions<AuditKeyOptions>
{
    private const int MaxKeyId = 64;

    public ValidateOptionsResult Validate(string? name, AuditKeyOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        // No value is repeated: what is no reference may be the key.
        foreach (var (id, _) in options.Keys.Where(static pair => !SecretResolver.IsReference(pair.Value)))
            result.AddError($"Integrations:Audit:Keys:{id} must be a reference such as env://NAME, not the key.");
        foreach (var id in options.Keys.Keys.Where(static id => id.Length > MaxKeyId || id.StartsWith(LocalAuditKey.IdPrefix, StringComparison.Ordinal)))
            result.AddError($"Integrations:Audit:Keys:{id} must be an id of at most {MaxKeyId} characters that does not begin with {LocalAuditKey.IdPrefix}.");
        if (options.SigningKey is { } signing && !options.Keys.ContainsKey(signing))
            result.AddError($"Integrations:Audit:SigningKey must be the id of one of Integrations:Audit:Keys; it is '{signing}'.");
        if (options.SigningKey is null && options.Keys.Count > 1)
            result.AddError("Integrations:Audit:SigningKey must say which of several keys signs; it is empty.");
        return result.Build();
    }
}
