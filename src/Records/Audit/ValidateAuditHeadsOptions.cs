using AwoooP.Journal.Hosting;
using Microsoft.Extensions.Options;

namespace AwoooP.Records;

internal sealed class ValidateAuditHeadsOptions : IValidateOptions<AuditHeadsOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditHeadsOptions options) => AuditHeadsOptions.IsValid(options)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(SettingRules.Fault(
            $"{AuditHeadsOptions.Place}:{nameof(AuditHeadsOptions.HeadsFile)} must be the absolute path of a file", options.HeadsFile));
}
