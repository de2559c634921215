using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Commands;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Testing;
using NSubstitute;

namespace AwoooP.Api.Tests.Api;

/// <summary>What the front itself makes of requests, whatever the grains say.</summary>
public sealed class RequestTests(FrontHost host) : IClassFixture<FrontHost>
{
    private const string Playbook = """
        {"name":"Restart","match":{"alert_names":["ShopDown"]},"action_pattern":"restart:shop","steps":[{"kind":"wait","name":"wait","seconds":1}]}
        """;

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("""{"nam":"x"}""", HttpStatusCode.UnprocessableEntity, "invalid_request")]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("null", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    public async Task Body_NotAsItShouldBe_IsRefused(string body, HttpStatusCode status, string code)
    {
        using var client = host.ConnectAs(OperatorRole.Operator);
        await (await client.PostAsync("/v1/platform/playbooks", Answers.Json(body))).ShouldBeProblemAsync(status, code);
    }

    [Theory]
    [InlineData("\"kind\":\"wait\"", "\"kind\":\"shell\"", "unknown_step_kind", "$.steps[0].kind")]
    [InlineData("\"seconds\":1", "\"seconds\":1,\"sudo\":true", "unknown_field", "$.steps[0].sudo")]
    [InlineData("\"seconds\":1", "\"seconds\":\"x\"", "wrong_type", "$.steps[0].seconds")]
    [InlineData(",\"seconds\":1", "", "missing_field", "$.steps[0].seconds")]
    [InlineData("\"name\":\"Restart\"", "\"name\":\"Rest\\u0000art\"", "nul_character", "$.name")]
    [InlineData("\"name\":\"Restart\"", "\"name\":null", "null_value", "$.name")]
    [InlineData("\"name\":\"Restart\"", "\"name\":\"a\",\"name\":\"b\"", "duplicate_field", "$.name")]
    [InlineData("[\"ShopDown\"]", "[\"ShopDown\"],\"labels\":{\"team\":\"a\",\"team\":\"b\"}", "duplicate_field", "$.match.labels.team")]
    public async Task Playbook_OneFieldWrong_IsNamed(string from, string to, string code, string field)
    {
        using var client = host.ConnectAs(OperatorRole.Operator);
        var response = await client.PostAsync("/v1/platform/playbooks", Answers.Json(Playbook.Replace(from, to, StringComparison.Ordinal)));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        problem.GetProperty("errors").EnumerateArray().Single().GetProperty("field").GetString().ShouldBe(field);
    }

    /// <summary>The last one would count, and whoever looks the request over may have read the first.</summary>
    [Fact]
    public async Task Key_WithTwoRolesInOneProject_IsRefused()
    {
        using var client = host.ConnectAs(OperatorRole.Admin);
        var body = Answers.Json("""{"operator_id":"bob","default_project":"awoooi","roles":{"awoooi":"viewer","awoooi":"admin"}}""");
        var problem = await (await client.PostAsync("/v1/platform/operators/keys", body)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "duplicate_field");
        problem.GetProperty("errors").EnumerateArray().Single().GetProperty("field").GetString().ShouldBe("$.roles.awoooi");
    }

    [Fact]
    public async Task Body_TooLong_Is413()
    {
        using var client = host.ConnectAs(OperatorRole.Operator);
        var body = Answers.Json("{\"name\":\"" + new string('x', 300 * 1024) + "\"}");
        await (await client.PostAsync("/v1/platform/playbooks", body)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("status=open", "status")]
    [InlineData("since=yesterday", "since")]
    [InlineData("cursor=!!", "cursor")]
    public async Task Query_OutOfBounds_IsNamed(string query, string field)
    {
        using var client = host.ConnectAs(OperatorRole.Viewer);
        var response = await client.GetAsync($"/v1/platform/incidents?{query}");
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.JsonAsync()).GetProperty("errors").EnumerateArray().Single().GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task List_RecordsUnreachable_Is503()
    {
        using var client = host.ConnectAs(OperatorRole.Viewer);
        await (await client.GetAsync("/v1/platform/incidents")).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "journal_unavailable");
    }

    [Fact]
    public async Task Read_AfterAPositionThatIsNotReached_Is503()
    {
        using var client = host.ConnectAs(OperatorRole.Viewer);
        client.DefaultRequestHeaders.Add("Awooop-After", "1.2.3");
        host.Journal.Passed = false;
        await (await client.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "projection_behind");
        host.Journal.Passed = true;
        (await client.GetAsync("/v1/platform/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Journal.Awaited.ShouldBe(new Position(1, 2, 3));
    }

    [Theory]
    [InlineData(RefusalKind.NotFound, 404)]
    [InlineData(RefusalKind.IllegalTransition, 409)]
    [InlineData(RefusalKind.Conflict, 409)]
    [InlineData(RefusalKind.Stale, 412)]
    [InlineData(RefusalKind.Invalid, 422)]
    [InlineData(RefusalKind.Forbidden, 403)]
    public async Task Refusal_OfEachKind_HasItsStatus(RefusalKind kind, int status)
    {
        const string id = "INC-20260101-AAAAAA";
        host.Cluster.GetGrain<IIncidentGrain>($"awoooi/{id}").ResolveAsync(Arg.Any<ResolveIncident>(), Arg.Any<CancellationToken>())
            .Returns(CommandResult.Refuse(7, new Refusal(kind, "some_code", "No.", Legal: ["close"])));
        using var client = host.ConnectAs(OperatorRole.Operator);
        var problem = await (await client.PostAsync($"/v1/platform/incidents/{id}/resolve", Answers.Json("{}"))).ShouldBeProblemAsync((HttpStatusCode)status, "some_code");
        problem.GetProperty("legal")[0].GetString().ShouldBe("close");
    }

    [Theory]
    [InlineData("too_long", "too_long")]
    [InlineData("too_short", "invalid_request")]
    public async Task Refusal_OfSeveralFields_NamesThemAll(string second, string code)
    {
        const string id = "INC-20260101-CCCCCC";
        FieldFault[] faults = [new("$.a", "too_long", "A is too long."), new("$.b", second, "B is too short.")];
        host.Cluster.GetGrain<IIncidentGrain>($"awoooi/{id}").ResolveAsync(Arg.Any<ResolveIncident>(), Arg.Any<CancellationToken>())
            .Returns(CommandResult.Refuse(7, Refusal.Invalid(faults)));
        using var client = host.ConnectAs(OperatorRole.Operator);
        var problem = await (await client.PostAsync($"/v1/platform/incidents/{id}/resolve", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        problem.GetProperty("detail").GetString().ShouldBe("Several fields are not valid.");
        problem.GetProperty("errors").EnumerateArray().Select(static error => (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()))
            .ShouldBe([("$.a", "too_long"), ("$.b", second)]);
    }

    [Fact]
    public async Task Refusal_OfOneFieldAmongThoseChecked_NamesItInTheDetail()
    {
        const string id = "INC-20260101-DDDDDD";
        host.Cluster.GetGrain<IIncidentGrain>($"awoooi/{id}").ResolveAsync(Arg.Any<ResolveIncident>(), Arg.Any<CancellationToken>())
            .Returns(CommandResult.Refuse(7, Refusal.Invalid([new FieldFault("$.a", "too_long", "must be short.")])));
        using var client = host.ConnectAs(OperatorRole.Operator);
        var problem = await (await client.PostAsync($"/v1/platform/incidents/{id}/resolve", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "too_long");
        problem.GetProperty("detail").GetString().ShouldBe("$.a: must be short.");
        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (error.GetProperty("field").GetString(), error.GetProperty("message").GetString()).ShouldBe(("$.a", "must be short."));
    }

    [Fact]
    public async Task Pause_OfAPlaybookThatIsNotThere_IsRefused()
    {
        const string id = "PB-20260101-AAAAAA";
        host.Cluster.GetGrain<IPlaybookGrain>($"awoooi/{id}").GetAsync(Arg.Any<CancellationToken>()).Returns((PlaybookView?)null);
        using var client = host.ConnectAs(OperatorRole.Operator);
        var response = await client.PutAsync("/v1/platform/pause", Answers.Json($$"""{"scope":"playbook","playbook_id":"{{id}}","reason":"x"}"""));
        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "playbook_not_found");
    }

    [Fact]
    public async Task Fault_Unknown_Is500WithoutItsText()
    {
        const string id = "INC-20260101-BBBBBB";
        host.Cluster.GetGrain<IIncidentGrain>($"awoooi/{id}").GetAsync(Arg.Any<CancellationToken>())
            .Returns(Task.FromException<IncidentView?>(new InvalidOperationException("the secret cause")));
        using var client = host.ConnectAs(OperatorRole.Viewer);
        var problem = await (await client.GetAsync($"/v1/platform/incidents/{id}")).ShouldBeProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
        problem.GetRawText().ShouldNotContain("secret cause");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_OfInfrastructure_IsTyped(Exception fault, HttpStatusCode status, string code)
    {
        const string id = "INC-20260101-CCCCCC";
        host.Cluster.GetGrain<IIncidentGrain>($"awoooi/{id}").GetAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<IncidentView?>(fault));
        using var client = host.ConnectAs(OperatorRole.Viewer);
        var response = await client.GetAsync($"/v1/platform/incidents/{id}");
        await response.ShouldBeProblemAsync(status, code);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    public static TheoryData<Exception, HttpStatusCode, string> Faults() => new()
    {
        { new JournalUnavailableException("down"), HttpStatusCode.ServiceUnavailable, "journal_unavailable" },
        { new CommandUnavailableException("down"), HttpStatusCode.ServiceUnavailable, "unavailable" },
        { new CommandOutcomeUnknownException("?"), HttpStatusCode.ServiceUnavailable, "outcome_unknown" },
        { new CommandVersionMismatchException("newer"), HttpStatusCode.ServiceUnavailable, "version_mismatch" },
        { new CommandOverloadedException("full"), HttpStatusCode.TooManyRequests, "overloaded" },
        { new TimeoutException("late"), HttpStatusCode.ServiceUnavailable, "timeout" },
    };

    [Theory]
    [InlineData("If-Match", "7", "invalid_if_match")]
    [InlineData("Idempotency-Key", "with space", "invalid_idempotency_key")]
    public async Task Header_NotValid_Is422(string header, string value, string code)
    {
        using var client = host.ConnectAs(OperatorRole.Operator);
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        await (await client.PostAsync("/v1/platform/incidents/INC-20260101-AAAAAA/resolve", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task TraceParent_Valid_IsTakenOver()
    {
        using var client = host.Connect();
        client.DefaultRequestHeaders.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        var problem = await (await client.GetAsync("/v1/platform/me")).JsonAsync();
        problem.GetProperty("trace_id").GetString().ShouldBe("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    [Fact]
    public async Task Events_OfOneProject_AreStreamedAndOthersAreNot()
    {
        using var client = host.ConnectAs(OperatorRole.Viewer, "shop");
        client.DefaultRequestHeaders.Add("Last-Event-ID", "1.0.1");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var stream = new StreamReader(await client.GetStreamAsync("/v1/platform/events", limit.Token));
        (await stream.ReadLineAsync(limit.Token)).ShouldBe("event: gap");
        // The first word is sent by a stream that has joined already: nothing that happens from here on is missed.
        host.Journal.Readers.ShouldBe(1);

        host.Journal.Tell(Opened("bank/INC-20260101-AAAAAA", 1));
        host.Journal.Tell(Opened("shop/INC-20260101-BBBBBB", 2));
        host.Journal.Tell(new LiveGap());
        var lines = new List<string>();
        while (lines.Count(static line => line == "event: gap") == 0)
            lines.Add((await stream.ReadLineAsync(limit.Token))!);

        lines.Where(static line => line.StartsWith("event: incident", StringComparison.Ordinal)).ShouldHaveSingleItem();
        lines.ShouldContain("id: 1.0.2");
        lines.Single(static line => line.Contains("\"type\"", StringComparison.Ordinal)).ShouldContain("INC-20260101-BBBBBB");

        stream.Dispose();
        await Eventually.BecomesTrueAsync(() => host.Journal.Readers == 0, "a stream that was left has left the feed");
        await Eventually.BecomesTrueAsync(() => host.Logs.HasFinished("/v1/platform/events"), "a stream that was left ends its request");
        host.Logs.Errors.ShouldNotContain(static line => line.Contains("StatusCode", StringComparison.Ordinal));
    }

    private static LiveEvent Opened(string key, long seq) => new(new RecordedEvent
    {
        Position = new Position(1, 0, seq),
        Id = new AggregateId("incident", key),
        Version = 1,
        Type = "incident.opened",
        TypeVersion = 1,
        Data = "{}"u8.ToArray(),
        Actor = "platform",
        At = DateTimeOffset.UnixEpoch,
    });
}
