using AwoooP.Journal.Hosting;
using Microsoft.Extensions.Options;

namespace AwoooP.Alerts;

internal sealed class ValidateClassifierOptions : IValidateOptions<ClassifierOptions>
{
    public ValidateOptionsResult Validate(string? name, ClassifierOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var (project, file) in options.RuleFiles.Where(static pair => !File.Exists(pair.Value)))
            result.AddError(SettingRules.Fault($"{ClassifierOptions.Section}:{nameof(options.RuleFiles)}:{project} must be a file that exists", file));

        return result.Build();
    }
}
