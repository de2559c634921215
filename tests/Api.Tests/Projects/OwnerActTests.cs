using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Projects;
using NSubstitute;

namespace AwoooP.Api.Tests.Projects;

/// <summary>What the owner does on the database is told to the catalogue of projects by an admin of every project, and by nobody else.</summary>
public sealed class OwnerActTests(FrontHost host) : IClassFixture<FrontHost>
{
    private const string Hash = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
    private const string Api = "/v1/platform";

    private IProjectCatalogGrain Catalog => host.Cluster.GetGrain<IProjectCatalogGrain>($"{IProjectCatalogGrain.Project}/{IProjectCatalogGrain.Key}");

    public static TheoryData<string, string> Acts => new()
    {
        { "exports/begin", """{"project_id":"mine","reason":"it has moved"}""" },
        { "exports/complete", $$"""{"project_id":"mine","manifest_sha256":"{{Hash}}","positions":["1.3.42"]}""" },
        { "log-cuts/begin", """{"before":"2026-03-01T00:00:00Z","months":2,"events":4096,"reason":"older than we keep"}""" },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Act_ByAnAdminOfOneProjectAlone_IsRefused(string path, string body)
    {
        using var admin = host.ConnectAs(OperatorRole.Admin, "mine");

        await (await admin.PostAsync($"{Api}/{path}", Answers.Json(body))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
    }

    [Fact]
    public async Task Acts_ByAnAdminOfEveryProject_AreEnteredAsTheyWereTold()
    {
        using var root = host.Connect(host.Cluster.Issue("root", OperatorRole.Admin, "*"));
        Catalog.EnterExportAsync(Arg.Any<EnterExport>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(4, "1.0.4"));
        Catalog.CompleteExportAsync(Arg.Any<CompleteExport>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(5, "1.0.5"));
        Catalog.EnterLogCutAsync(Arg.Any<EnterLogCut>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(6, "1.0.6"));

        foreach (var act in Acts)
            (await root.PostAsync($"{Api}/{act[0]}", Answers.Json((string)act[1]))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await Catalog.Received(1).EnterExportAsync(new EnterExport("mine", "it has moved"), Arg.Any<CancellationToken>());
        await Catalog.Received(1).CompleteExportAsync(
            Arg.Is<CompleteExport>(static told => told.ProjectId == "mine" && told.ManifestSha256 == Hash && told.Positions.Single() == "1.3.42"), Arg.Any<CancellationToken>());
        await Catalog.Received(1).EnterLogCutAsync(
            new EnterLogCut(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), 2, 4096, "older than we keep"), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("operators")]
    [InlineData("No Project")]
    public async Task Act_OnWhatIsNoProjectsName_IsRefusedAsARemovalIs(string projectId)
    {
        using var root = host.Connect(host.Cluster.Issue("root", OperatorRole.Admin, "*"));

        foreach (var path in (string[])["exports/begin", "removals/begin"])
        {
            var body = Answers.Json($$"""{"project_id":"{{projectId}}","reason":"it has moved"}""");
            await (await root.PostAsync($"{Api}/{path}", body)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_project_id");
        }
    }

    [Fact]
    public async Task Act_ThatTheCatalogueFindsInvalid_NamesTheField()
    {
        using var root = host.Connect(host.Cluster.Issue("root", OperatorRole.Admin, "*"));
        Catalog.CompleteExportAsync(Arg.Is<CompleteExport>(static told => told != null && told.ManifestSha256 == "x"), Arg.Any<CancellationToken>()).Returns(CommandResult.Refuse(
            4, new Refusal(RefusalKind.Invalid, "invalid_manifest_sha256", "The hash of a manifest has 64 lower-case hex digits.", Field: "$.manifest_sha256")));

        using var answer = await root.PostAsync($"{Api}/exports/complete", Answers.Json("""{"project_id":"mine","manifest_sha256":"x","positions":["1.3.42"]}"""));

        (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_manifest_sha256")).GetRawText().ShouldContain("$.manifest_sha256");
    }
}
