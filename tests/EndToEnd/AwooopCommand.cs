using System.Diagnostics;
using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>The command line <c>awooop</c> as somebody uses it: each command is a process of its own, in which nobody can be asked.</summary>
/// <param name="key">An operator key or a token.</param>
internal sealed class AwooopCommand(AwooopSystem system, string key)
{
    public async Task<CommandEnd> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, "AwoooP.Client.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWOOOP_DATA"] = system.Folder,
                ["AWOOOP_URL"] = system.Address.ToString(),
                ["AWOOOP_KEY"] = key,
                // The system's own server, whatever the caller of the tests has named.
                ["AWOOOP_POSTGRES"] = "",
            },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandEnd(string.Join(' ', arguments), process.ExitCode, output, await errors);
    }
}

/// <param name="Line">What was typed.</param>
internal sealed record CommandEnd(string Line, int Code, string Output, string Errors)
{
    /// <summary>What a command with <c>--json</c> has shown.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    public CommandEnd ShouldEnd(int code)
    {
        Code.ShouldBe(code, $"{Line}\n{Output}{Errors}");
        return this;
    }

    /// <summary>Nothing is shown, and the code of the refusal comes first on the error stream.</summary>
    public CommandEnd ShouldBeRefused(int exit, string code)
    {
        ShouldEnd(exit).Errors.ShouldStartWith($"{code}: ");
        Output.ShouldBeEmpty();
        return this;
    }
}

/// <summary>The exit codes that the help promises to scripts.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Unreachable = 2;
    public const int NotAllowed = 3;
    public const int Refused = 5;
    public const int Invalid = 6;
}
