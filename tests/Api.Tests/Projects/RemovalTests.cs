using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Projects;
using NSubstitute;

namespace AwoooP.Api.Tests.Projects;

/// <summary>The acts of the owner's procedure, and what a front says of a project that is being taken out.</summary>
public sealed class RemovalTests(FrontHost host) : IClassFixture<FrontHost>
{
    private const string Begin = "/v1/platform/removals/begin";

    private IProjectCatalogGrain Catalog => host.Cluster.GetGrain<IProjectCatalogGrain>($"{IProjectCatalogGrain.Project}/{IProjectCatalogGrain.Key}");

    [Fact]
    public async Task ProjectThatIsBeingRemoved_IsNotThereForAnybody()
    {
        MakeRemoving("leaving");
        using var admin = host.ConnectAs(OperatorRole.Admin, "leaving");
        using var sender = host.Connect();

        foreach (var path in (string[])["incidents", "projects/leaving", "events", "audit/acts"])
            await (await admin.GetAsync($"/v1/platform/{path}?project_id=leaving")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "project_not_found");
        await (await admin.PostAsync("/v1/platform/projects/leaving/resume", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "project_not_found");
        await (await sender.PostAsync("/projects/leaving/api/v2/alerts", Answers.Json("""[{"labels":{"alertname":"A"}}]"""))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "project_not_found");
        host.Journal.Entries.ShouldNotContain(static entry => entry.ProjectId == "leaving");
    }

    [Fact]
    public async Task Begin_ByAnAdminOfTheProjectAlone_IsRefused()
    {
        using var admin = host.ConnectAs(OperatorRole.Admin, "mine");

        await (await admin.PostAsync(Begin, Body("mine"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
    }

    [Theory]
    [InlineData("awoooi", HttpStatusCode.Conflict, "default_project")]
    [InlineData("operators", HttpStatusCode.UnprocessableEntity, "invalid_project_id")]
    [InlineData("all", HttpStatusCode.UnprocessableEntity, "invalid_project_id")]
    [InlineData("No Project", HttpStatusCode.UnprocessableEntity, "invalid_project_id")]
    public async Task Begin_OfWhatCannotBeTakenOut_IsRefused(string projectId, HttpStatusCode status, string code)
    {
        using var root = host.Connect(host.Cluster.Issue("root", OperatorRole.Admin, "*"));

        await (await root.PostAsync(Begin, Body(projectId))).ShouldBeProblemAsync(status, code);
    }

    /// <summary>The project decides first: an active one must not stand in the catalogue as one that is taken out.</summary>
    [Fact]
    public async Task Begin_WhenTheProjectRefuses_EntersNothing()
    {
        using var root = host.Connect(host.Cluster.Issue("root", OperatorRole.Admin, "*"));
        Project("busy").RemoveAsync(Arg.Any<RemoveProject>(), Arg.Any<CancellationToken>())
            .Returns(CommandResult.Refuse(3, new Refusal(RefusalKind.IllegalTransition, "illegal_transition", "The project is active.", ["suspend"])));

        await (await root.PostAsync(Begin, Body("busy"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "illegal_transition");

        await Catalog.DidNotReceive().EnterRemovalAsync(Arg.Is<EnterRemoval>(static command => command.ProjectId == "busy"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Begin_OfASuspendedProject_ClosesItAndEntersTheAct()
    {
        using var root = host.Connect(host.Cluster.Issue("root", OperatorRole.Admin, "*"));
        Project("closing").RemoveAsync(Arg.Any<RemoveProject>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(4, "1.0.4"));
        Catalog.EnterRemovalAsync(Arg.Is<EnterRemoval>(static command => command.ProjectId == "closing"), Arg.Any<CancellationToken>()).Returns(new CommandResult(9, "1.0.9"));

        using var answer = await root.PostAsync(Begin, Body("closing"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("1.0.9");
        await Project("closing").Received().RemoveAsync(new RemoveProject("it has moved"), Arg.Any<CancellationToken>());
    }

    private static StringContent Body(string projectId) => Answers.Json($$"""{"project_id":"{{projectId}}","reason":"it has moved"}""");

    private IProjectGrain Project(string projectId) => host.Cluster.GetGrain<IProjectGrain>($"{projectId}/{IProjectGrain.Key}");

    private void MakeRemoving(string projectId) => Project(projectId).GetAsync(Arg.Any<CancellationToken>()).Returns(new ProjectView(
        5, projectId, ProjectStatus.Removing, new ProjectConfiguration { Name = projectId }, new ProjectSuspension("ann", "moving house", default), default, default, []));
}
