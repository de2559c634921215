using System.CommandLine;
using AwoooP.Client.Auth;
using AwoooP.Client.Cli;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>
/// A command as it is typed, run in this process against a front. It takes the process' output for itself, so tests that use it belong to the
/// collection <see cref="StandardOutput"/>.
/// </summary>
internal static class TypedCommand
{
    /// <returns>How it ended, and what it wrote to the standard output and to the standard error.</returns>
    public static Task<(int Code, string Output, string Errors)> RunAsync(this FrontHost host, ApiKey key, params string[] arguments) =>
        CaptureAsync(host, key, arguments, CommandLine.RunAsync);

    /// <summary>A command with nothing but what is typed: no key, and the address that it names.</summary>
    public static Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments) => CaptureAsync(() => CommandLine.RunAsync(arguments));

    /// <summary>A command that a test has made itself, since the whole command line would work on a database of its own.</summary>
    /// <inheritdoc cref="RunAsync(FrontHost, ApiKey, string[])"/>
    public static Task<(int Code, string Output, string Errors)> RunAsync(this FrontHost host, ApiKey key, Command command, params string[] arguments)
    {
        command.Options.Add(GlobalOptions.Url);
        command.Options.Add(GlobalOptions.Key);
        return CaptureAsync(host, key, arguments, typed => command.Parse(typed).InvokeAsync());
    }

    private static Task<(int Code, string Output, string Errors)> CaptureAsync(FrontHost host, ApiKey key, string[] arguments, Func<string[], Task<int>> run) =>
        CaptureAsync(() => run([.. arguments, "--url", host.Address.ToString(), "--key", key.Reveal()]));

    private static async Task<(int Code, string Output, string Errors)> CaptureAsync(Func<Task<int>> run)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var shown = new StringWriter();
        using var told = new StringWriter();
        Console.SetOut(shown);
        Console.SetError(told);
        try
        {
            var code = await run();
            return (code, shown.ToString(), told.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }
}
