using AwoooP.Demo;
using AwoooP.Testing;

namespace AwoooP.EndToEnd;

/// <summary>What commands that work on PostgreSQL end with when it cannot be had.</summary>
public sealed class LocalServerTests
{
    private readonly string _folder = TestServer.NewFolder();

    [Theory]
    [InlineData("postgres", "up")]
    [InlineData("postgres", "down")]
    [InlineData("postgres", "status")]
    [InlineData("db", "status")]
    public async Task Programs_ThatAreNotThere_FailTheCommand(params string[] arguments)
    {
        var (code, told) = await RunAsync(arguments, ("AWOOOP_PG_BIN", Programs()));

        code.ShouldBe(Exit.Failed, told);
        told.ShouldStartWith("PostgreSQL 15 or newer was not found.");
    }

    [Theory]
    [InlineData("postgres", "up")]
    [InlineData("db", "status")]
    public async Task Cluster_ThatCannotBeMade_IsUnreachable(params string[] arguments)
    {
        var (code, told) = await RunAsync(arguments, ("AWOOOP_PG_BIN", Programs("initdb", "pg_ctl", "postgres")));

        code.ShouldBe(Exit.Unreachable, told);
        told.ShouldStartWith("initdb failed with exit code 1");
    }

    [Theory]
    [InlineData("postgres", "up")]
    [InlineData("db", "status")]
    public async Task NamedServer_ThatDoesNotAnswer_IsUnreachable(params string[] arguments)
    {
        using var nobody = new HeldPort();
        var (code, told) = await RunAsync(arguments, ("AWOOOP_POSTGRES", $"Host=127.0.0.1;Port={nobody.Number};Username=postgres;Password=none"));

        code.ShouldBe(Exit.Unreachable, told);
        told.ShouldStartWith("PostgreSQL does not answer: ");
    }

    [Fact]
    public async Task Status_OfAClusterThatDoesNotRun_IsUnreachable() =>
        (await RunAsync(["postgres", "status"])).ShouldBe((Exit.Unreachable, "PostgreSQL is not running.\n"));

    /// <returns>A folder with programs of these names, each of which fails.</returns>
    private string Programs(params string[] names)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "programs")).FullName;
        foreach (var name in names)
            File.CreateSymbolicLink(Path.Combine(folder, name), "/bin/false");
        return folder;
    }

    private async Task<(int Code, string Told)> RunAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string> { ["AWOOOP_DATA"] = _folder, ["AWOOOP_POSTGRES"] = "" };
        foreach (var (name, value) in settings)
            environment[name] = value;

        var output = Path.Combine(_folder, "command.out");
        int code;
        await using (var command = ChildProcess.Start(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, "AwoooP.Client.dll"), .. arguments], output, environment))
            code = await command.ExitedAsync();
        return (code, await File.ReadAllTextAsync(output));
    }
}
