using System.Runtime.CompilerServices;

namespace AwoooP.Console.Tests;

/// <summary>The built console, in the checkout that the tests were built from.</summary>
internal static class ConsoleFolder
{
    /// <summary>Has a front serve it.</summary>
    public static IReadOnlyDictionary<string, string> Settings() => new Dictionary<string, string> { ["Front__ConsolePath"] = Built() };

    private static string Built()
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "src", "Console", "dist"));
        return File.Exists(Path.Combine(folder, "index.html"))
            ? folder
            : throw new InvalidOperationException("The console is not built: run `./awooop build`, or `npm ci && npm run build` in src/Console.");
    }

    private static string Here([CallerFilePath] string here = "") => here;
}
