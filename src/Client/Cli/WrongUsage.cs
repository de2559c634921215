using System.CommandLine;
using System.CommandLine.Parsing;

namespace AwoooP.Client.Cli;

/// <summary>What was typed is not a command, or not with these options.</summary>
internal static class WrongUsage
{
    /// <returns>The exit code.</returns>
    public static int Tell(ParseResult parsed)
    {
        // A command that is not known is why the one that is required is missing.
        var unknown = parsed.Errors.Where(error => parsed.UnmatchedTokens.Any(token => error.Message.Contains(token, StringComparison.Ordinal))).ToList();
        foreach (var error in unknown.Count > 0 ? unknown : parsed.Errors)
            Console.Error.WriteLine(error.Message);

        Console.Error.WriteLine($"'{Typed(parsed.CommandResult)} --help' says what there is.");
        return ExitCodes.Invalid;
    }

    /// <summary>A misspelt option is no id, filter or name.</summary>
    public static void RefuseUnknownOptions(CommandResult command)
    {
        var typed = command.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens).Where(static token => token.Value.StartsWith('-'));
        foreach (var token in typed)
            command.AddError($"Unknown option '{token.Value}'.");
    }

    private static string Typed(SymbolResult command) =>
        command is CommandResult { Command.Name: var name, Parent: var parent } ? parent is null ? name : $"{Typed(parent)} {name}" : "";
}
