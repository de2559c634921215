using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Cli;
using AwoooP.Client.Cli.Commands;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Projects;
using AwoooP.Testing;
using NSubstitute;

namespace AwoooP.Api.Tests.Retention;

/// <summary>The command that drops history shows what goes before it does so.</summary>
[Collection(StandardOutput.Name)]
public sealed class CutCommandTests(RetentionDatabase database, FrontHost host) : IClassFixture<RetentionDatabase>, IClassFixture<FrontHost>
{
    private const string Why = "older than we keep";
    private const string Shown = "cut before 2024-03: 1 events go for good\n  - months: event_y2024m01, event_y2024m02\n  - positions: up to 1.3.5\n";

    [Fact]
    public async Task Cut_ThatIsOnlyLookedAt_ShowsWhatGoesAndDropsNothing()
    {
        for (var month = 1; month <= 3; month++)
            await EventMonth.MakeAsync(database.Owner, 2024, month);
        await ExecuteAsync(
            """
            insert into journal.event (partition, generation, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, data)
            values (3, 1, 1, 5, 1, '2024-01-15 08:00:00+00', 'awoooi', 'thing', 'awoooi/x', 'kpi.facts_followed', 'ann', '{}')
            """);

        var catalog = host.Cluster.GetGrain<IProjectCatalogGrain>($"{IProjectCatalogGrain.Project}/{IProjectCatalogGrain.Key}");
        catalog.EnterLogCutAsync(Arg.Any<EnterLogCut>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(6, "1.0.6"));

        (await RunAsync("*", "--dry-run")).ShouldBe((ExitCodes.Done, Shown, ""));
        var unexplained = await RunAsync("*", "--yes");
        (unexplained.Code, unexplained.Output).ShouldBe((ExitCodes.Invalid, ""));
        unexplained.Errors.ShouldContain("--reason");
        // The words are those of the question before the tables are built; the silo's own refusal comes after it.
        var stranger = await RunAsync("awoooi", "--yes", "-m", Why);
        (stranger.Code, stranger.Output).ShouldBe((ExitCodes.NotAllowed, Shown));
        stranger.Errors.ShouldContain("the key of an admin of every project, and root is none");
        (await CountAsync("select count(*) from journal.event")).ShouldBe(1);
        await catalog.DidNotReceive().EnterLogCutAsync(Arg.Any<EnterLogCut>(), Arg.Any<CancellationToken>());

        var cut = await RunAsync("*", "--yes", "-m", Why);
        cut.Code.ShouldBe(ExitCodes.Done, cut.Errors);
        cut.Output.ShouldStartWith(Shown + "The log begins at 2024-03: 2 months with 1 events were dropped, ");
        (await CountAsync("select count(*) from journal.event")).ShouldBe(0);
        await catalog.Received(1).EnterLogCutAsync(
            new EnterLogCut(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), 2, 1, Why), Arg.Any<CancellationToken>());
    }

    /// <param name="project">Where the key's operator is an admin; * for everywhere.</param>
    /// <param name="options">Besides the month.</param>
    private Task<(int Code, string Output, string Errors)> RunAsync(string project, params string[] options) => host.RunAsync(
        host.Cluster.Issue("root", OperatorRole.Admin, project), CutCommand.Create((run, _) => run(database.Owner)), ["--before", "2024-03", .. options]);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.Superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.Superuser.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
