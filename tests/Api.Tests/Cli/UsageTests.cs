using AwoooP.Api.Tests.Hosting;
using System.CommandLine;
using AwoooP.Client.Cli;

namespace AwoooP.Api.Tests.Cli;

/// <summary>What was typed wrong is refused with one exit code, before anything is done.</summary>
[Collection(StandardOutput.Name)]
public sealed class UsageTests
{
    [Fact]
    public void UnknownOption_OfEveryCommand_IsRefused()
    {
        foreach (var path in Leaves(CommandLine.Create(), []))
            CommandLine.Create().Parse([.. path, "--no-such-option"]).Errors.ShouldContain(error => error.Message.Contains("--no-such-option"), string.Join(' ', path));
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("incidents", "show", "INC-1", "--nope")]
    [InlineData("db")]
    [InlineData("runs", "--output", "xml")]
    [InlineData("keys", "issue", "mei", "--role", "nope", "--key", "awp_x")]
    [InlineData("replay", "nope")]
    [InlineData("tenant")]
    [InlineData("tenant", "export", "--out", "somewhere", "-m", "it has moved")]
    [InlineData("tenant", "export", "--project", "shop", "--out", "somewhere")]
    [InlineData("tenant", "export", "--project", "operators", "--out", "somewhere", "-m", "it has moved")]
    [InlineData("db", "cut", "--before", "2026-03")]
    [InlineData("tenant", "remove", "--project", "shop", "--confirm", "shap", "-m", "it has moved")]
    [InlineData("tenant", "remove", "--project", "shop", "-m", "it has moved")]
    [InlineData("tenant", "remove", "--project", "shop", "--confirm", "shop")]
    [InlineData("tenant", "remove", "--project", "projects", "--confirm", "projects", "-m", "it has moved")]
    [InlineData("tenant", "remove", "--project", "shop", "--confirm", "shop", "-m", "it has moved", "--wait", "0")]
    [InlineData("tenant", "release", "--project", "shop", "--confirm", "bank")]
    [InlineData("pause", "--all", "--playbook", "PB-1", "-m", "x", "--key", "awp_x")]
    [InlineData("pause", "--all", "--key", "awp_x")]
    [InlineData("pause", "--playbook", "PB-1", "--key", "awp_x")]
    [InlineData("incidents", "--url", "nowhere")]
    [InlineData("incidents", "--key-file", "no-such-file.key")]
    [InlineData("playbooks", "create", "-f", "no-such-file.json")]
    [InlineData("contracts", "draft", "tool/restart", "-f", "no-such-file.json", "--key", "awp_x")]
    [InlineData("contracts", "show", "restart", "--key", "awp_x")]
    [InlineData("contracts", "diff", "tool/restart", "1", "--key", "awp_x")]
    public async Task WrongInput_OfAnyKind_EndsWithInvalid(params string[] arguments) =>
        (await CommandLine.RunAsync(arguments)).ShouldBe(ExitCodes.Invalid);

    [Fact]
    public async Task VerifyExport_OfAFolderThatIsNotThere_EndsWithNotFound() =>
        (await CommandLine.RunAsync(["tenant", "verify-export", "no-such-folder"])).ShouldBe(ExitCodes.NotFound);

    [Fact]
    public async Task Help_OfTheRoleOption_ListsTheRoles()
    {
        var shown = new StringWriter();
        await CommandLine.Create().Parse(["keys", "issue", "--help"]).InvokeAsync(new InvocationConfiguration { Output = shown });
        foreach (var role in (string[])["viewer", "operator", "approver", "admin"])
            shown.ToString().ShouldContain(role);
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("release")]
    public async Task Help_OfTakingAProjectOut_SaysWhoMay(string command)
    {
        var shown = new StringWriter();
        await CommandLine.Create().Parse(["tenant", command, "--help"]).InvokeAsync(new InvocationConfiguration { Output = shown });
        string.Join(' ', shown.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldContain("the key of an admin of every project");
    }

    private static IEnumerable<string[]> Leaves(Command command, string[] path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(part => Leaves(part, [.. path, part.Name]));
}
