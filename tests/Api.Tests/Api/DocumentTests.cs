using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Commands;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Api;

public sealed class DocumentTests(FrontHost host) : IClassFixture<FrontHost>
{
    /// <summary>Documents of other shapes, as they were stored.</summary>
    private static readonly HashSet<string> IsAnything = [];

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
            // Silences can be asked for and are never given.
            responses.EnumerateObject().ShouldContain(static response => response.Name.StartsWith('2') || response.Name == "501", name);
            operation.GetProperty("security").GetArrayLength().ShouldBeGreaterThan(1, name);
            foreach (var status in (string[])["400", "401", "403", "422", "429", "500", "503"])
            {
                var reference = responses.GetProperty(status).GetProperty("$ref").GetString()!;
                problems.GetProperty(reference.Split('/')[^1]).GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue($"{name} {status}");
            }
        }

        operations.Select(static operation => operation.Name).ShouldContain("post /v1/platform/approvals/{approval_id}/votes");
        var schemas = document.GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("RepairPlan").GetProperty("properties").TryGetProperty("plan_sha256", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/api/v2/alerts")]
    [InlineData("/projects/{project_id}/api/v2/alerts")]
    [InlineData("/v1/webhooks/alertmanager")]
    public async Task OpenApi_Intake_NamesItsBodyItsProjectAndWhatItRefuses(string path)
    {
        var operation = (await DocumentAsync()).GetProperty("paths").GetProperty(path).GetProperty("post");

        operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").ToString().ShouldContain("#/components/schemas/");
        operation.GetProperty("parameters").ToString().ShouldContain("project_id");
        foreach (var status in (string[])["400", "413", "415"])
            operation.GetProperty("responses").TryGetProperty(status, out _).ShouldBeTrue(status);
        operation.GetProperty("responses").TryGetProperty("412", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task OpenApi_Reads_HaveNoBody()
    {
        foreach (var path in (await DocumentAsync()).GetProperty("paths").EnumerateObject())
        {
            if (path.Value.TryGetProperty("get", out var read))
                read.TryGetProperty("requestBody", out _).ShouldBeFalse(path.Name);
        }
    }

    [Fact]
    public async Task OpenApi_Silences_SayThatTheyAreNotOffered()
    {
        var responses = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/v2/silences").GetProperty("post").GetProperty("responses");
        responses.GetProperty("501").GetProperty("$ref").GetString().ShouldEndWith("/NotOffered");
        responses.TryGetProperty("200", out _).ShouldBeFalse();
    }

    /// <summary>Every field has a type, and every parameter of a path is named.</summary>
    [Fact]
    public async Task OpenApi_Throughout_IsTyped()
    {
        var document = await DocumentAsync();
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (!schema.Value.TryGetProperty("properties", out var properties))
                continue;

            foreach (var property in properties.EnumerateObject().Where(property => !IsAnything.Contains($"{schema.Name}.{property.Name}")))
                ((string[])["type", "$ref", "oneOf", "anyOf", "enum"]).Any(word => property.Value.TryGetProperty(word, out _)).ShouldBeTrue($"{schema.Name}.{property.Name}");
        }

        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                foreach (Match parameter in Regex.Matches(path.Name, @"\{(\w+)\}"))
                    operation.Value.GetProperty("parameters").EnumerateArray()
                        .ShouldContain(named => named.ToString().Contains($"\"{parameter.Groups[1].Value}\"", StringComparison.Ordinal), $"{operation.Name} {path.Name}");
            }
        }
    }

    /// <summary>Descriptions come from the comments of the code, and are for people who do not read it: fields are called there as in JSON.</summary>
    [Fact]
    public async Task OpenApi_Descriptions_NameNothingOfTheCode()
    {
        var ours = AppDomain.CurrentDomain.GetAssemblies()
            .Where(static assembly => assembly.GetName().Name!.StartsWith("AwoooP.", StringComparison.Ordinal))
            .SelectMany(static assembly => assembly.GetTypes())
            .Select(static type => type.Name.Split('`')[0])
            // Of one word alone, a name is a word like others.
            .Where(static name => Regex.IsMatch(name, "[a-z0-9][A-Z]"))
            .ToHashSet(StringComparer.Ordinal);
        ours.ShouldContain("RepairPlan");
        var texts = Descriptions(await DocumentAsync()).ToList();
        texts.Count.ShouldBeGreaterThan(200);

        foreach (var text in texts)
        {
            Regex.Matches(text, @"\w+").Select(static word => word.Value).ShouldNotContain(word => ours.Contains(word), text);
            Regex.IsMatch(text, @"\b[A-Z]\w*\.[A-Z]\w|&lt;|<").ShouldBeFalse(text);
        }
    }

    [Fact]
    public async Task OpenApi_ReasonsAndComments_HaveOneBound()
    {
        var texts = (await DocumentAsync()).GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(static schema => schema.Name.EndsWith("Request", StringComparison.Ordinal))
            .SelectMany(static schema => schema.Value.GetProperty("properties").EnumerateObject().Select(property => (Name: $"{schema.Name}.{property.Name}", property.Value)))
            .Where(static field => field.Name.EndsWith(".reason", StringComparison.Ordinal) || field.Name.EndsWith(".comment", StringComparison.Ordinal))
            .ToList();

        texts.Count.ShouldBeGreaterThan(7);
        foreach (var (name, text) in texts)
            text.GetProperty("maxLength").GetInt32().ShouldBe(FreeText.MaxLength, name);
    }

    /// <summary>A pattern is read by the rules of JSON Schema, where <c>\z</c> is a letter.</summary>
    [Fact]
    public async Task OpenApi_Patterns_EndAsJsonSchemaSays() => (await DocumentAsync()).GetRawText().ShouldNotContain(@"\\z");

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

    private static IEnumerable<string> Descriptions(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Array)
            return part.EnumerateArray().SelectMany(Descriptions);
        if (part.ValueKind != JsonValueKind.Object)
            return [];

        return part.EnumerateObject().SelectMany(static member => member is { Name: "description" or "summary", Value.ValueKind: JsonValueKind.String }
            ? new[] { member.Value.GetString()! }
            : Descriptions(member.Value));
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = host.Connect();
        return await (await client.GetAsync("/openapi/v1.json")).JsonAsync();
    }
}
