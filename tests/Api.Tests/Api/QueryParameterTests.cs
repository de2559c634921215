using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Api;

/// <summary>A filter with a slip of the pen must not answer everything.</summary>
public sealed class QueryParameterTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Theory]
    [InlineData("incidents?state=resolved", "state")]
    [InlineData("incidents?status=resolved&limits=5", "limits")]
    [InlineData("runs/01990000-0000-7000-8000-000000000000?limit=1", "limit")]
    [InlineData("pause?scope=all", "scope")]
    [InlineData("me?x", "x")]
    public async Task Parameter_NotKnown_Is400AndNamesIt(string path, string unknown)
    {
        using var client = host.ConnectAs(OperatorRole.Viewer);

        var problem = await (await client.GetAsync($"/v1/platform/{path}")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "unknown_parameter");

        problem.GetProperty("detail").GetString()!.ShouldContain($"'{unknown}'");
        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("field").GetString().ShouldBe(unknown);
        error.GetProperty("bound").GetString()!.ShouldContain("project_id");
    }

    /// <summary>What the document names is taken: nothing is refused that clients were told of.</summary>
    [Fact]
    public async Task Parameters_ThatTheDocumentNames_AreTaken()
    {
        using var client = host.ConnectAs(OperatorRole.Admin);
        var document = await (await client.GetAsync("/openapi/v1.json")).JsonAsync();
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(static path => path.Name.StartsWith("/v1/platform/", StringComparison.Ordinal)))
        {
            if (path.Name.EndsWith("/events", StringComparison.Ordinal) || !path.Value.TryGetProperty("get", out var operation) || !operation.TryGetProperty("parameters", out var parameters))
                continue;

            var names = parameters.EnumerateArray()
                .Where(static parameter => parameter.TryGetProperty("in", out var place) && place.GetString() == "query")
                .Select(static parameter => $"{parameter.GetProperty("name").GetString()}=1");
            var answer = await client.GetAsync($"{path.Name.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}?{string.Join('&', names)}&project_id=awoooi");
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("unknown_parameter", Case.Sensitive, path.Name);
        }
    }

    /// <summary>Senders of alerts and amtool are not held to it: Alertmanager passes over what it does not know.</summary>
    [Fact]
    public async Task Parameter_NotKnownToIntake_IsPassedOver()
    {
        using var client = host.Connect();
        (await client.GetAsync("/api/v2/status?whatever=1")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
