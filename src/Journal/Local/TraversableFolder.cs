namespace AwoooP.Journal.Local;

/// <summary>The server's account must be able to pass every folder above its data.</summary>
internal static class TraversableFolder
{
    /// <exception cref="LocalPostgresException">Names the first folder that the account may not enter.</exception>
    public static async Task RequireAsync(string path, AccountCommands commands, CancellationToken cancellationToken)
    {
        if (commands.Account is not { } account)
            return;

        var folders = new Stack<string>();
        for (var folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
            folders.Push(folder);

        const string firstClosed = """for folder in "$@"; do [ -x "$folder" ] || { printf %s "$folder"; exit 1; }; done""";
        var result = await commands.RunAsync(["sh", "-c", firstClosed, "sh", .. folders], cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new LocalPostgresException(
                $"PostgreSQL runs as the account '{account.Name}', which may not enter {result.Output.Trim()}. "
                + "Move the data folder to where that account can reach it, or allow others to pass that folder (chmod o+x).");
        }
    }
}
