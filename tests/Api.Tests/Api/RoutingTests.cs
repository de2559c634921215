using System.Net;
using System.Text;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Commands;
using AwoooP.Incidents;
using AwoooP.Operators;
using NSubstitute;

namespace AwoooP.Api.Tests.Api;

/// <summary>What is answered where an address is known and the request does not fit it, and where no address is.</summary>
public sealed class RoutingTests(FrontHost host) : IClassFixture<FrontHost>
{
    private const string Votes = "/v1/platform/approvals/01990000-0000-7000-8000-000000000000/votes";

    [Theory]
    [InlineData("PATCH", "/v1/platform/incidents", "GET")]
    [InlineData("DELETE", "/api/v2/alerts", "GET", "POST")]
    [InlineData("POST", "/-/ready", "GET")]
    public async Task Method_ThatTheAddressDoesNotTake_Is405AndSaysWhichItTakes(string method, string path, params string[] allowed)
    {
        using var client = host.ConnectAs(OperatorRole.Operator);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request);
        await response.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        response.Content.Headers.Allow.ShouldBe(allowed, ignoreOrder: true);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Body_OfAnotherTypeThanJson_Is415(string? type)
    {
        using var client = host.ConnectAs(OperatorRole.Approver);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"choice":"approve"}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await (await client.PostAsync(Votes, content)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "not_json");
    }

    [Fact]
    public async Task Body_WithNeededFields_MayNotBeMissing()
    {
        using var client = host.ConnectAs(OperatorRole.Approver);
        await (await client.PostAsync(Votes, null)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "not_json");
    }

    [Fact]
    public async Task Body_WithoutNeededFields_MayBeMissing()
    {
        const string id = "INC-20260101-DDDDDD";
        host.Cluster.GetGrain<IIncidentGrain>($"awoooi/{id}").CloseAsync(new CloseIncident(null), Arg.Any<CancellationToken>())
            .Returns(CommandResult.Refuse(7, new Refusal(RefusalKind.Conflict, "it_got_there", "No.")));
        using var client = host.ConnectAs(OperatorRole.Operator);
        await (await client.PostAsync($"/v1/platform/incidents/{id}/close", null)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "it_got_there");
        await (await client.PostAsync($"/v1/platform/incidents/{id}/close", Answers.Json(""))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "it_got_there");
    }

    [Fact]
    public async Task Literal_Unknown_IsToldWithTheKnownOnes()
    {
        using var client = host.ConnectAs(OperatorRole.Approver);
        var response = await client.PostAsync(Votes, Answers.Json("""{"choice":"yes"}"""));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown_value");
        problem.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("$.choice");
        problem.GetProperty("errors")[0].GetProperty("bound").GetString().ShouldBe("approve, reject");
    }

    [Fact]
    public async Task Json_Malformed_SaysWhereAndIsReadable()
    {
        using var client = host.ConnectAs(OperatorRole.Approver);
        var malformed = await (await client.PostAsync(Votes, Answers.Json("{x"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed_json");
        malformed.GetProperty("detail").GetString().ShouldBe("The body is not JSON at byte 2 of line 1.");

        var nul = await client.PostAsync(Votes, Answers.Json("""{"choice":"approve","comment":"\u0000"}"""));
        (await nul.Content.ReadAsStringAsync()).ShouldContain("U+0000");
    }

    [Fact]
    public async Task Page_OfTheConsole_IsServedWhereNothingElseIs()
    {
        var folder = Directory.CreateTempSubdirectory("awooop-console-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), "<title>console</title>");
            var front = await FrontHost.StartAsync(front => front.Settings["Front:ConsolePath"] = folder.FullName);
            using var client = front.Connect();
            (await client.GetStringAsync("/")).ShouldContain("console");
            (await client.GetStringAsync("/incidents/INC-20260101-AAAAAA")).ShouldContain("console");
            foreach (var path in (string[])["/v1/platform/nothing", "/assets/gone.js", "/-/nothing"])
                await (await client.GetAsync(path)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "no_such_endpoint");

            await (await client.PostAsync("/incidents", null)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "no_such_endpoint");
            await front.DisposeAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
