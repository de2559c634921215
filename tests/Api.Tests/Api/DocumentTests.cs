using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Api;

public sealed class DocumentTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task OpenApi_EveryOperation_HasSummaryAnswersAndProblems()
    {
        using var client = host.Connect();
        var document = await (await client.GetAsync("/openapi/v1.json")).JsonAsync();
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", operation.Value))).ToArray();
        operations.Length.ShouldBeGreaterThan(30);
        var problems = document.GetProperty("components").GetProperty("responses");
        foreach (var (name, operation) in operations)
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(name);
            var responses = operation.GetProperty("responses");
            responses.EnumerateObject().ShouldContain(static response => response.Name.StartsWith('2'), name);
            foreach (var status in (string[])["401", "403", "422", "429", "500", "503"])
            {
                var reference = responses.GetProperty(status).GetProperty("$ref").GetString()!;
                problems.GetProperty(reference.Split('/')[^1]).GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue($"{name} {status}");
            }
        }

        operations.Select(static operation => operation.Name).ShouldContain("post /v1/platform/approvals/{approval_id}/votes");
        var schemas = document.GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("RepairPlan").GetProperty("properties").TryGetProperty("plan_sha256", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Metrics_AfterARequest_AreInPrometheusFormat()
    {
        using var client = host.Connect();
        await client.PostAsync("/api/v2/alerts", Answers.Json("""[{"labels":{"a":"b"}}]"""));
        var text = await client.GetStringAsync("/metrics");
        text.ShouldContain("# TYPE awooop_intake_alerts_total counter");
        text.ShouldContain("awooop_intake_alerts_total 1");
    }

    [Fact]
    public async Task Health_WithoutChecks_IsHealthyAndReady()
    {
        using var client = host.Connect();
        (await client.GetAsync("/-/healthy")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/-/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answers_Always_CarrySecurityHeaders()
    {
        using var client = host.Connect();
        foreach (var path in (string[])["/-/healthy", "/v1/platform/me", "/nowhere"])
        {
            using var response = await client.GetAsync(path);
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            response.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
            response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
        }
    }

    [Fact]
    public async Task Request_NoSuchAddress_IsAProblem()
    {
        using var client = host.ConnectAs(OperatorRole.Viewer);
        await (await client.GetAsync("/v1/platform/nothing")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "no_such_endpoint");
    }
}
