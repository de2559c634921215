using System.Text.RegularExpressions;
using AwoooP.Journal.Hosting;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Commands;

internal sealed class ValidateCommandOptions : IValidateOptions<CommandOptions>
{
    public ValidateOptionsResult Validate(string? name, CommandOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var (called, program) in options.Programs)
        {
            var key = $"Integrations:Commands:Programs:{called}";
            if (!Path.IsPathFullyQualified(program.Path))
                result.AddError(SettingRules.Fault($"{key}:Path must be absolute", program.Path));
            if (!Path.IsPathFullyQualified(program.WorkingDirectory))
                result.AddError(SettingRules.Fault($"{key}:WorkingDirectory must be absolute", program.WorkingDirectory));
            foreach (var (number, pattern) in program.Arguments.Index().Where(static argument => !IsPattern(argument.Item)))
                result.AddError(SettingRules.Fault($"{key}:Arguments:{number} must be a regular expression that can be matched in linear time", pattern));
        }

        if (options.Folder is { } folder && !Path.IsPathFullyQualified(folder))
            result.AddError(SettingRules.Fault("Integrations:Commands:Folder must be an absolute path", folder));
        return result.Build();
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            ProgramAllowList.Compile(pattern);
            return true;
        }
        catch (Exception fault) when (fault is RegexParseException or NotSupportedException)
        {
            return false;
        }
    }
}
