using System.CommandLine;
using AwoooP.Client.Cli;
using AwoooP.Projects;

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

    [Fact]
    public void Options_OfANewProject_AreAllQuotasAndFlagsAndSayWhatTheyMean()
    {
        var create = CommandLine.Create().Subcommands.Single(static group => group.Name == "projects").Subcommands.Single(static command => command.Name == "create");
        foreach (var field in Quota.All.Select(static quota => quota.Name).Concat(FeatureFlag.All.Select(static flag => flag.Name)))
            create.Options.Single(option => option.Name == $"--{field.Replace('_', '-')}").Description.ShouldNotBeNullOrEmpty(field);
    }

    [Fact]
    public void Help_OfTimesThatNarrow_SaysWhichTheyAreWithoutAnOffset()
    {
        var times = Below(CommandLine.Create()).SelectMany(static command => command.Options).Where(static option => option.Name is "--since" or "--until").ToList();

        times.Count.ShouldBeGreaterThan(4);
        foreach (var time in times)
            time.Description.ShouldNotBeNull().ShouldContain("UTC without an offset");
    }

    [Fact]
    public void Help_OfTheStatusOfApprovals_NamesEveryOne()
    {
        var approvals = CommandLine.Create().Subcommands.Single(static group => group.Name == "approvals");
        var status = approvals.Subcommands.Single(static command => command.Name == "list").Options.Single(static option => option.Name == "--status");

        foreach (var word in (string[])["pending", "approved", "rejected", "expired", "cancelled", "superseded", "executing", "executed", "failed"])
            status.Description.ShouldNotBeNull().ShouldContain(word);
    }

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(Below).Prepend(command);
}
