using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Operators;
using AwoooP.Projects;
using AwoooP.Testing;
using NSubstitute;

namespace AwoooP.Api.Tests.Projects;

/// <summary>What the front lets through to a project: that it exists, is active, and has room.</summary>
public sealed class ProjectGateTests(FrontHost host) : IClassFixture<FrontHost>
{
    private const string Alert = """[{"labels":{"alertname":"A"}}]""";

    [Fact]
    public async Task Request_ToAProjectThatIsNotThere_IsNotFound()
    {
        using var admin = host.Connect(host.Cluster.Issue("root", OperatorRole.Admin, "*"));

        foreach (var path in (string[])["incidents", "runs/01990000-0000-7000-8000-000000000000", "pause", "events", "projects/nowhere"])
            await (await admin.GetAsync($"/v1/platform/{path}?project_id=nowhere")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "project_not_found");
        await (await admin.PostAsync("/v1/platform/playbooks?project_id=nowhere", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "project_not_found");
        await (await admin.GetAsync("/v1/platform/incidents?project_id=awoooi&project_id=nowhere")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "project_not_found");
    }

    [Fact]
    public async Task Alerts_ForAProjectThatIsNotThere_AreNotTaken()
    {
        using var sender = host.Connect();

        await (await sender.PostAsync("/projects/nowhere/api/v2/alerts", Answers.Json(Alert))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "project_not_found");
        await (await sender.PostAsync("/projects/nowhere/v1/webhooks/alertmanager", Answers.Json("""{"version":"4","alerts":[]}""")))
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "project_not_found");

        host.Journal.Entries.ShouldNotContain(static entry => entry.ProjectId == "nowhere");
    }

    /// <summary>Whether a project exists is nobody's business who has no role in it.</summary>
    [Fact]
    public async Task Request_ToAProjectOfOthers_IsTheSameWhetherItIsThere()
    {
        host.Cluster.MakeProject("secret");
        using var client = host.ConnectAs(OperatorRole.Admin);

        var there = await (await client.GetAsync("/v1/platform/projects/secret")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
        var nowhere = await (await client.GetAsync("/v1/platform/projects/sicrit")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");

        there.GetProperty("detail").GetString()!.Replace("secret", "sicrit", StringComparison.Ordinal).ShouldBe(nowhere.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task SuspendedProject_IsReadAndTakesNothing()
    {
        host.Cluster.MakeProject("resting", suspension: new ProjectSuspension("ann", "moving house", default));
        using var admin = host.ConnectAs(OperatorRole.Admin, "resting");
        using var sender = host.Connect();

        (await admin.GetAsync("/v1/platform/projects/resting")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var problem = await (await admin.PostAsync("/v1/platform/playbooks", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "project_suspended");
        problem.GetProperty("detail").GetString()!.ShouldContain("moving house");
        await (await admin.PostAsync("/v1/platform/incidents/INC-20260101-AAAAAA/resolve", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "project_suspended");
        await (await sender.PostAsync("/projects/resting/api/v2/alerts", Answers.Json(Alert))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "project_suspended");
        host.Journal.Entries.ShouldNotContain(static entry => entry.ProjectId == "resting");
    }

    /// <summary>What must go on: its keys are taken back, and what it does is held.</summary>
    [Theory]
    [InlineData("DELETE", "/v1/platform/operators/keys/0123456789abcdef", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/v1/platform/pause", HttpStatusCode.UnprocessableEntity)]
    [InlineData("PUT", "/v1/platform/projects/lying", HttpStatusCode.UnprocessableEntity)]
    [InlineData("GET", "/v1/platform/me", HttpStatusCode.OK)]
    public async Task SuspendedProject_CanStillBeGoverned(string method, string path, HttpStatusCode status)
    {
        host.Cluster.MakeProject("lying", suspension: new ProjectSuspension("ann", "moving house", default));
        using var admin = host.ConnectAs(OperatorRole.Admin, "lying");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "PUT")
            request.Content = Answers.Json("{}");

        (await admin.SendAsync(request)).StatusCode.ShouldBe(status);
    }

    /// <summary>Amtool reads JSON texts alone.</summary>
    [Fact]
    public async Task Alerts_OfAmtool_AreRefusedInItsOwnForm()
    {
        using var sender = host.Connect();
        sender.DefaultRequestHeaders.Add("Accept", "application/json");

        var answer = await sender.PostAsync("/projects/nowhere/api/v2/alerts", Answers.Json(Alert));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.GetValues("Awooop-Code").ShouldBe(["project_not_found"]);
        (await answer.JsonAsync()).GetString()!.ShouldStartWith("project_not_found: ");
    }

    [Fact]
    public async Task Quota_OfRequests_RefusesTheFirstOverItWithItsNameBoundAndUse()
    {
        host.Cluster.MakeProject("modest", new ProjectConfiguration { Name = "Modest", Quotas = new ProjectQuotas { RequestsPerMinute = 60 } });
        using var client = host.ConnectAs(OperatorRole.Viewer, "modest");
        HttpResponseMessage? refused = null;
        // A minute may end in between; within two of them the bound is met.
        for (var request = 0; request < 180 && refused is null; request++)
        {
            var answer = await client.GetAsync("/v1/platform/projects/modest");
            refused = answer.StatusCode == HttpStatusCode.OK ? null : answer;
        }

        var problem = await refused.ShouldNotBeNull().ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota_exceeded");
        problem.GetProperty("quota").GetRawText().ShouldBe("""{"name":"requests_per_minute","bound":60,"use":60}""");
        refused!.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        // Whoever uses it up does not keep out those who govern the project.
        using var admin = host.ConnectAs(OperatorRole.Admin, "modest");
        await (await admin.PutAsync("/v1/platform/pause", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "missing_field");
        (await admin.DeleteAsync("/v1/platform/operators/keys/0123456789abcdef")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        // Who asks for nothing of the project is not counted, and neither are its senders.
        (await client.GetAsync("/v1/platform/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var sender = host.Connect();
        (await sender.PostAsync("/projects/modest/api/v2/alerts", Answers.Json(Alert))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Quota_OfAlerts_TakesABatchWholeOrNotAtAll()
    {
        host.Cluster.MakeProject("quiet", new ProjectConfiguration { Name = "Quiet", Quotas = new ProjectQuotas { AlertsPerMinute = 100 } });
        using var sender = host.Connect();
        var batch = $"[{string.Join(',', Enumerable.Range(0, 101).Select(static number => $$$"""{"labels":{"alertname":"A{{{number}}}"}}"""))}]";

        var problem = await (await sender.PostAsync("/projects/quiet/api/v2/alerts", Answers.Json(batch))).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota_exceeded");

        problem.GetProperty("quota").GetRawText().ShouldBe("""{"name":"alerts_per_minute","bound":100,"use":0}""");
        host.Journal.Entries.ShouldNotContain(static entry => entry.ProjectId == "quiet");
        (await sender.PostAsync("/projects/quiet/api/v2/alerts", Answers.Json(Alert))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Quota_OfStreams_RefusesOneMoreUntilOneIsLeft()
    {
        host.Cluster.MakeProject("watched", new ProjectConfiguration { Name = "Watched", Quotas = new ProjectQuotas { EventStreams = 1 } });
        using var client = host.ConnectAs(OperatorRole.Viewer, "watched");
        using var first = await client.GetStreamAsync("/v1/platform/events");

        var problem = await (await client.GetAsync("/v1/platform/events", HttpCompletionOption.ResponseHeadersRead)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota_exceeded");
        problem.GetProperty("quota").GetProperty("name").GetString().ShouldBe("event_streams");

        await first.DisposeAsync();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                using var next = await client.GetAsync("/v1/platform/events", HttpCompletionOption.ResponseHeadersRead);
                return next.StatusCode == HttpStatusCode.OK;
            },
            "a stream that was left makes room");
    }

    [Fact]
    public async Task Create_ByAnAdminOfOneProject_IsRefused()
    {
        using var client = host.ConnectAs(OperatorRole.Admin);

        await (await client.PostAsync("/v1/platform/projects", Answers.Json("""{"project_id":"mine","name":"Mine"}"""))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
    }

    [Theory]
    [InlineData("""{"project_id":"Shop","name":"Shop"}""", "invalid_project_id", "$.project_id")]
    [InlineData("""{"project_id":"projects","name":"Shop"}""", "invalid_project_id", "$.project_id")]
    [InlineData("""{"project_id":"shop","name":""}""", "out_of_range", "$.name")]
    [InlineData("""{"project_id":"shop"}""", "missing_field", "$.name")]
    [InlineData("""{"project_id":"shop","name":"Shop","quotas":{"alerts":5}}""", "unknown_field", "$.quotas.alerts")]
    [InlineData("""{"project_id":"shop","name":"Shop","quotas":{"alerts_per_minute":99}}""", "out_of_range", "$.quotas.alerts_per_minute")]
    [InlineData("""{"project_id":"shop","name":"Shop","feature_flags":{"suggest":true}}""", "unknown_field", "$.feature_flags.suggest")]
    [InlineData("""{"project_id":"shop","name":"Shop","feature_flags":null}""", "null_value", "$.feature_flags")]
    public async Task Create_OfWhatNoProjectMayBe_IsRefusedAndEntersNothing(string body, string code, string field)
    {
        using var admin = host.Connect(host.Cluster.Issue("root", OperatorRole.Admin, "*"));

        var problem = await (await admin.PostAsync("/v1/platform/projects", Answers.Json(body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);

        problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem().GetProperty("field").GetString().ShouldBe(field);
        await host.Cluster.GetGrain<IProjectCatalogGrain>($"{IProjectCatalogGrain.Project}/{IProjectCatalogGrain.Key}")
            .DidNotReceive().RegisterAsync(Arg.Any<RegisterProject>(), Arg.Any<CancellationToken>());
    }
}
