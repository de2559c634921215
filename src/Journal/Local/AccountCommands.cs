using System.Diagnostics;
using AwoooP.Journal.Hosting;

namespace AwoooP.Journal.Local;

/// <summary>Runs the cluster's programs as its account.</summary>
internal sealed class AccountCommands(UnprivilegedAccount? account)
{
    public UnprivilegedAccount? Account => account;

    /// <summary>Runs a program as the account and answers its exit code and what it printed.</summary>
    public Task<CommandResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        RunAsCallerAsync(account?.Command(command) ?? command, cancellationToken);

    /// <summary>Runs a program as the account; a failure is an exception with what it printed.</summary>
    public async Task RunCheckedAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var result = await RunAsync(command, cancellationToken);
        if (result.ExitCode != 0)
            throw new LocalPostgresException($"{Path.GetFileName(command[0])} failed with exit code {result.ExitCode}: {result.Output.Trim()}");
    }

    /// <summary>Makes a folder that only the account may enter.</summary>
    public async Task MakeFolderAsync(string path, CancellationToken cancellationToken)
    {
        PrivateFile.CreateFolder(path);
        await GiveAsync(path, cancellationToken);
    }

    public async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (account is null)
            return;

        var result = await RunAsCallerAsync(["chown", $"{account.UserId}:{account.GroupId}", path], cancellationToken);
        if (result.ExitCode != 0)
            throw new LocalPostgresException($"Cannot give {path} to the account {account.Name}: {result.Output.Trim()}");
    }

    private static async Task<CommandResult> RunAsCallerAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);

        // Settings of the caller's own server must not reach this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";

        using var process = Process.Start(start) ?? throw new LocalPostgresException($"Cannot start {command[0]}.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new CommandResult(process.ExitCode, await output + await error);
    }
}

internal readonly record struct CommandResult(int ExitCode, string Output);
