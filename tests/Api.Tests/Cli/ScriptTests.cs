using System.Diagnostics;
using System.Runtime.CompilerServices;
using AwoooP.Client.Cli;

namespace AwoooP.Api.Tests.Cli;

/// <summary>The script at the root, as far as it needs no program that was built.</summary>
public sealed class ScriptTests : IDisposable
{
    private static readonly string[] NeededByUp = ["dotnet", "curl", "setpriv", "npm", "initdb", "pg_ctl", "postgres"];

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

    [Fact]
    public async Task Doctor_WithoutWhatOnlyTestsNeed_EndsWellAndSaysWhatItIsFor()
    {
        var (code, output) = await RunOnMachineAsync("doctor", NeededByUp);

        code.ShouldBe(ExitCodes.Done, output);
        output.ShouldContain("  ok       postgres\n");
        output.ShouldContain("  missing  prometheus, only for demo and test\n");
        output.ShouldContain("  missing  chromium, only for test\n");
    }

    [Theory]
    [InlineData("npm", "npm")]
    // A folder of PostgreSQL's programs that is named counts alone, and whole.
    [InlineData("pg_ctl", "postgres")]
    public async Task Doctor_WithoutWhatUpNeeds_Fails(string absent, string missing)
    {
        var (code, output) = await RunOnMachineAsync("doctor", [.. NeededByUp.Where(program => program != absent)]);

        code.ShouldBe(ExitCodes.Failed, output);
        output.ShouldContain($"  missing  {missing}, without which nothing starts\n");
        output.Split('\n').Count(static line => line.EndsWith("nothing starts", StringComparison.Ordinal)).ShouldBe(1);
    }

    /// <summary>Nothing is installed for it: no package comes into the folder that is named.</summary>
    [Fact]
    public async Task Up_WithANamedFolderThatLacksAProgramOfPostgres_NamesTheFolder()
    {
        var (code, output) = await RunOnMachineAsync("up", [.. NeededByUp.Where(static program => program != "initdb")]);

        code.ShouldBe(ExitCodes.Failed, output);
        output.ShouldBe($"awooop: initdb, pg_ctl and postgres are not all in {Path.Combine(_data.FullName, "programs")} (AWOOOP_PG_BIN).\n");
    }

    /// <summary>On a machine that has these programs alone, those of PostgreSQL where AWOOOP_PG_BIN says.</summary>
    private Task<(int Code, string Output)> RunOnMachineAsync(string command, string[] programs)
    {
        var folder = _data.CreateSubdirectory("programs").FullName;
        foreach (var program in programs)
            File.CreateSymbolicLink(Path.Combine(folder, program), "/bin/true");
        // The script's own.
        foreach (var tool in (string[])["dirname", "rm"])
            File.CreateSymbolicLink(Path.Combine(folder, tool), $"/usr/bin/{tool}");
        return RunWithAsync([command], ("PATH", folder), ("AWOOOP_PG_BIN", folder), ("AWOOOP_POSTGRES", ""));
    }

    private Task<(int Code, string Output)> RunAsync(params string[] arguments) => RunWithAsync(arguments);

    private async Task<(int Code, string Output)> RunWithAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("bash", [Script(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AWOOOP_DATA"] = _data.FullName },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync();
        var output = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, output + await errors);
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "awooop"));
}
