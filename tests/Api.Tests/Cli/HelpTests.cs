using System.CommandLine;
using AwoooP.Client.Cli;

namespace AwoooP.Api.Tests.Cli;

public sealed class HelpTests
{
    [Theory]
    [InlineData("awooop [command] [options]", "--help")]
    [InlineData("awooop incidents", "incidents", "--help")]
    [InlineData("awooop playbooks create", "playbooks", "create", "-h")]
    [InlineData("awooop audit", "audit", "--help")]
    public async Task Help_OfEveryCommand_NamesWhatPeopleType(string usage, params string[] arguments)
    {
        var shown = new StringWriter();
        (await CommandLine.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = shown })).ShouldBe(0);
        shown.ToString().ShouldContain(usage);
        shown.ToString().ShouldNotContain("AwoooP.Client");
    }
}
