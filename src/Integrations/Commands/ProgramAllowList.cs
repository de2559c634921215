using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Commands;

/// <summary>Decides what may be run, and with which arguments.</summary>
internal sealed partial class ProgramAllowList(IOptions<CommandOptions> options)
{
    private const int MostArguments = 64;
    private const int LongestArgument = 4096;

    private readonly FrozenDictionary<string, (AllowedProgram Program, Regex[] Patterns)> _programs = options.Value.Programs.ToFrozenDictionary(
        pair => pair.Key, pair => (pair.Value, pair.Value.Arguments.Select(Compile).ToArray()), StringComparer.Ordinal);

    /// <summary>A pattern must match an argument as a whole; a time-out is not needed, as the engine is linear.</summary>
    public static Regex Compile(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <returns>A stable code of the refusal, or null when the program may be run so.</returns>
    public string? Refuse(string name, IReadOnlyList<string> arguments, out AllowedProgram? program)
    {
        if (!Find(name, out program, out var patterns))
            return "program_not_allowed";
        if (arguments.Count > MostArguments)
            return "argument_not_allowed";
        foreach (var argument in arguments)
        {
            if (argument.Length > LongestArgument || argument.Contains('\0') || !Array.Exists(patterns, pattern => pattern.IsMatch(argument)))
                return "argument_not_allowed";
        }

        return IsExecutable(program!.Path) ? null : "program_missing";
    }

    private bool Find(string name, out AllowedProgram? program, out Regex[] patterns)
    {
        if (_programs.TryGetValue(name, out var listed))
        {
            (program, patterns) = listed;
            return true;
        }

        patterns = [PlainArgument()];
        program = null;
        if (options.Value.Folder is not { } folder || !FileName().IsMatch(name))
            return false;
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return false;
        program = new AllowedProgram { Path = path };
        return true;
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\A(?:" + AllowedProgram.PlainArgument + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainArgument();
}
