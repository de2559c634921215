using System.CommandLine;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Commands that show what they would change ask before they change it.</summary>
internal static class Confirmation
{
    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would change." };
    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask before it is changed." };

    /// <exception cref="CliException">The answer was no, or nobody can be asked.</exception>
    public static bool MayChange(ParseResult arguments)
    {
        if (arguments.GetValue(DryRun))
            return false;
        if (arguments.GetValue(Yes))
            return true;
        if (Console.IsInputRedirected)
            throw new CliException(ExitCodes.Invalid, "Nobody can be asked here: say --yes to change it, or --dry-run to look only.");

        Console.Error.Write("Change it? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes" ? true : throw new CliException(ExitCodes.Refused, "Nothing was changed.");
    }
}
