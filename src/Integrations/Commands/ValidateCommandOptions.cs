using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Commands;

internal sealed class ValidateCommandOptions : IValidateOptions<CommandOptions>
{
    public ValidateOptionsResult Validate(string? name, CommandOptions options)
    {
        var programs = options.Programs.Values;
        var result = new ValidateOptionsResultBuilder();
        if (!programs.All(program => Path.IsPathFullyQualified(program.Path) && Path.IsPathFullyQualified(program.WorkingDirectory)))
            result.AddError("Integrations:Commands:Programs: Path and WorkingDirectory are absolute.");
        if (!programs.SelectMany(program => program.Arguments).All(IsPattern))
            result.AddError("Integrations:Commands:Programs: an argument pattern is no regular expression that can be matched in linear time.");
        if (options.Folder is { } folder && !Path.IsPathFullyQualified(folder))
            result.AddError("Integrations:Commands:Folder is an absolute path.");
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
