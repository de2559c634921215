using System.Diagnostics;
using System.Runtime.CompilerServices;
using AwoooP.Client.Cli;

namespace AwoooP.Api.Tests.Cli;

/// <summary>The script at the root, as far as it needs no program that was built.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("awooop-data-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Help_BeforeAnythingWasBuilt_ListsEveryCommandWithItsParts()
    {
        var (code, output) = await RunAsync("help");

        code.ShouldBe(0);
        output.ShouldContain(ExitCodes.Help);
        var lines = output.Split('\n');
        foreach (var command in CommandLine.Create().Subcommands)
        {
            var line = lines.SingleOrDefault(line => line.StartsWith($"  {command.Name} ", StringComparison.Ordinal)).ShouldNotBeNull(command.Name);
            foreach (var part in command.Subcommands)
                line.ShouldContain(part.Name);
        }
    }

    [Theory]
    [InlineData("up", "--x")]
    [InlineData("up", "--silos")]
    [InlineData("up", "--silos", "0")]
    [InlineData("up", "--silos", "10")]
    [InlineData("up", "--silos", "x")]
    [InlineData("up", "--silos", "2", "--foreground")]
    [InlineData("up", "--fronts")]
    [InlineData("up", "--fronts", "x")]
    [InlineData("up", "--fronts", "1", "--foreground")]
    [InlineData("up", "--engine", "x")]
    [InlineData("up", "--feed", "nowhere")]
    [InlineData("up", "--engine", "orleans", "--fronts", "1")]
    [InlineData("silo", "--x")]
    [InlineData("silo", "--no-front", "--x")]
    [InlineData("front", "--x")]
    [InlineData("down", "--x")]
    [InlineData("doctor", "--x")]
    [InlineData("demo", "--x")]
    [InlineData("demo", "--manual", "--x")]
    [InlineData("bench", "x")]
    [InlineData("bench", "journal", "--x")]
    [InlineData("build", "--engine", "x")]
    public async Task UnknownArgument_OfACommandOfTheScript_EndsWithInvalid(params string[] arguments) =>
        (await RunAsync(arguments)).Code.ShouldBe(ExitCodes.Invalid);

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Script(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AWOOOP_DATA"] = _data.FullName },
        };
        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync();
        var output = await script.StandardOutput.ReadToEndAsync();
        await errors;
        await script.WaitForExitAsync();
        return (script.ExitCode, output);
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "awooop"));
}
