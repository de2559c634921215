using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.OpenApi;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Api;

/// <summary>What the document says of parameters is what requests are held to: nobody has to learn it from refusals.</summary>
public sealed class DocumentedParameterTests(FrontHost host) : IClassFixture<FrontHost>
{
    private const string Platform = "/v1/platform/";

    [Fact]
    public async Task Parameters_OfEveryOperation_AreDescribed()
    {
        foreach (var (operation, parameter) in Parameters(await DocumentAsync()))
            (parameter.TryGetProperty("description", out var words) ? words.GetString() : null).ShouldNotBeNullOrEmpty($"{operation} {NameOf(parameter)}");
    }

    [Fact]
    public async Task QueryParameters_OfThePlatform_TellTheirValues()
    {
        var checkedOnes = 0;
        foreach (var (operation, parameter) in Query(await DocumentAsync()))
        {
            TellsValues(parameter.GetProperty("schema")).ShouldBeTrue($"{operation} {NameOf(parameter)}");
            checkedOnes++;
        }

        checkedOnes.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task PathParameters_OfThePlatform_TellTheirValues()
    {
        var checkedOnes = 0;
        foreach (var (operation, parameter) in PlatformParameters(await DocumentAsync(), "path"))
        {
            TellsValues(parameter.GetProperty("schema")).ShouldBeTrue($"{operation} {NameOf(parameter)}");
            checkedOnes++;
        }

        checkedOnes.ShouldBeGreaterThan(40);
    }

    [Theory]
    [InlineData("account", "agent:triage", true)]
    [InlineData("account", "incident:INC-20260116-0A1B2C", true)]
    [InlineData("account", "run:01990000-0000-7000-8000-00000000000a", true)]
    [InlineData("account", "run:01990000-0000-7000-8000-00000000000A", false)]
    [InlineData("account", "project", false)]
    [InlineData("incident_id", "INC-20260116-0A1B2C", true)]
    [InlineData("incident_id", "INC-20260116-0A1B2I", false)]
    [InlineData("key_id", "0123456789abcdef", true)]
    [InlineData("key_id", "0123456789abcde", false)]
    [InlineData("name", "restart_service-2.b", true)]
    [InlineData("name", ".restart", false)]
    [InlineData("playbook_id", "PB-20260116-0A1B2C", true)]
    [InlineData("playbook_id", "INC-20260116-0A1B2C", false)]
    [InlineData("position", "2147483647.32767.9223372036854775807", true)]
    [InlineData("position", "1.2", false)]
    public void Pattern_OfAPathParameter_FitsWhatIsWritten(string name, string value, bool fits) =>
        Regex.IsMatch(value, PathSchemas.Of(name)!.Pattern!).ShouldBe(fits);

    [Fact]
    public async Task ProjectsStatus_InTheDocument_IsOfThoseThatAreListed()
    {
        var status = Own(await DocumentAsync()).Single(static named => named.Operation is { Method: "get", Path: "/v1/platform/projects" } && NameOf(named.Parameter) == "status");

        status.Parameter.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(static value => value.GetString()).ShouldBe(["active", "suspended"]);
    }

    /// <summary>One pair of names, wherever times narrow a list.</summary>
    [Fact]
    public async Task Times_InQueries_AreSinceAndUntil()
    {
        var times = Query(await DocumentAsync()).Where(static named => FormatOf(named.Parameter) == "date-time").ToLookup(static named => named.Operation, static named => NameOf(named.Parameter));

        times.Count.ShouldBeGreaterThan(5);
        foreach (var names in times)
            names.ShouldBe(["since", "until"], ignoreOrder: true, customMessage: names.Key.ToString());
    }

    [Fact]
    public async Task Values_OutsideOfWhatIsTold_AreRefusedByTheirName()
    {
        using var client = host.ConnectAs(OperatorRole.Admin);
        foreach (var (operation, parameter) in Own(await DocumentAsync()))
        {
            foreach (var value in Outside(parameter.GetProperty("schema")))
            {
                var answer = await AskAsync(client, operation, NameOf(parameter), value);
                answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, $"{operation} {NameOf(parameter)}={value}");
                FieldsOf(await answer.JsonAsync()).ShouldContain(NameOf(parameter), $"{operation} {NameOf(parameter)}={value}");
            }
        }
    }

    /// <summary>Times and places in a list mean something to each other, and are left to tests of their own.</summary>
    [Fact]
    public async Task Values_ThatAreTold_AreTaken()
    {
        using var client = host.ConnectAs(OperatorRole.Admin);
        foreach (var (operation, parameter) in Own(await DocumentAsync()).Where(static named => named.Operation.Method == "get" && NameOf(named.Parameter) is not ("cursor" or "from")))
        {
            foreach (var value in Inside(parameter.GetProperty("schema")))
            {
                var answer = await AskAsync(client, operation, NameOf(parameter), value);
                if (answer.StatusCode == HttpStatusCode.UnprocessableEntity)
                    FieldsOf(await answer.JsonAsync()).ShouldNotContain(NameOf(parameter), $"{operation} {NameOf(parameter)}={value}");
            }
        }
    }

    [Fact]
    public async Task Values_OutOfBoundsTogether_AreToldTogether()
    {
        using var client = host.ConnectAs(OperatorRole.Viewer);

        var problem = await (await client.GetAsync($"{Platform}runs?limit=0&since=yesterday&state=nowhere")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_request");

        FieldsOf(problem).ShouldBe(["state", "since", "limit"], ignoreOrder: true);
    }

    private static IEnumerable<string> Outside(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out _))
            yield return "no_such_value";
        else if (schema.TryGetProperty("format", out _) || schema.GetProperty("type").GetString() == "boolean")
            yield return "neither";
        else if (schema.TryGetProperty("maximum", out var most))
        {
            yield return (schema.GetProperty("minimum").GetInt64() - 1).ToString(CultureInfo.InvariantCulture);
            yield return (most.GetInt64() + 1).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            yield return "";
            yield return new string('x', schema.GetProperty("maxLength").GetInt32() + 1);
        }
    }

    private static string[] Inside(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var known))
            return [.. known.EnumerateArray().Select(static value => value.GetString()!)];
        if (schema.TryGetProperty("maximum", out var most))
            return [schema.GetProperty("minimum").ToString(), most.ToString()];
        if (schema.TryGetProperty("maxLength", out var longest))
            return ["x", new string('x', longest.GetInt32())];
        if (schema.TryGetProperty("format", out var format))
            return format.GetString() == "uuid" ? ["01990000-0000-7000-8000-000000000001"] : [];

        schema.GetProperty("type").GetString().ShouldBe("boolean");
        return ["true", "false"];
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, Operation operation, string name, string value)
    {
        var path = operation.Path.Replace("{kind}", "tool", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method.ToUpperInvariant()), $"{path}?{name}={Uri.EscapeDataString(value)}&project_id=awoooi");
        return await client.SendAsync(request);
    }

    private static IEnumerable<string> FieldsOf(JsonElement problem) =>
        problem.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().Select(static error => error.GetProperty("field").GetString()!) : [];

    private static string? FormatOf(JsonElement parameter) => parameter.GetProperty("schema").TryGetProperty("format", out var format) ? format.GetString() : null;

    private static string NameOf(JsonElement parameter) => parameter.GetProperty("name").GetString()!;

    /// <summary>Those that the operation does not share with all others.</summary>
    private static IEnumerable<(Operation Operation, JsonElement Parameter)> Own(JsonElement document) =>
        Query(document).Where(static named => NameOf(named.Parameter) != "project_id");

    private static IEnumerable<(Operation Operation, JsonElement Parameter)> Query(JsonElement document) => PlatformParameters(document, "query");

    private static IEnumerable<(Operation Operation, JsonElement Parameter)> PlatformParameters(JsonElement document, string place) => Parameters(document)
        .Where(named => named.Operation.Path.StartsWith(Platform, StringComparison.Ordinal) && named.Parameter.GetProperty("in").GetString() == place);

    private static bool TellsValues(JsonElement schema) => schema.GetProperty("type").GetString() switch
    {
        "integer" => schema.TryGetProperty("minimum", out _) && schema.TryGetProperty("maximum", out _),
        "boolean" => true,
        "string" => ((string[])["enum", "format", "maxLength", "pattern"]).Any(word => schema.TryGetProperty(word, out _)),
        _ => false,
    };

    private static IEnumerable<(Operation Operation, JsonElement Parameter)> Parameters(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Value.TryGetProperty("parameters", out _)
        from parameter in operation.Value.GetProperty("parameters").EnumerateArray()
        select (new Operation(operation.Name, path.Name), Resolve(document, parameter));

    private static JsonElement Resolve(JsonElement document, JsonElement element) => element.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(document, static (at, part) => at.GetProperty(part))
        : element;

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = host.Connect();
        return await (await client.GetAsync("/openapi/v1.json")).JsonAsync();
    }

    private sealed record Operation(string Method, string Path)
    {
        public override string ToString() => $"{Method} {Path}";
    }
}
