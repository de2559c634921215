using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AwoooP.Alerts;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Intake;
using AwoooP.Journal;
using AwoooP.Journal.Intake;

namespace AwoooP.Api.Tests.Intake;

public sealed class PostAlertsTests : IAsyncLifetime
{
    private const string Path = "/api/v2/alerts";
    private readonly FrontHost _host = new();
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _client = _host.Connect();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Post_TwoAlerts_AreOneEntryOfTheDefaultProject()
    {
        var response = await PostAsync("""[{"labels":{"alertname":"A","b":"1"}},{"labels":{"alertname":"B"},"annotations":{"summary":"x"},"generatorURL":"http://p/g"}]""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var entry = _host.Journal.Entries.ShouldHaveSingleItem();
        (entry.ProjectId, entry.Kind, entry.Items).ShouldBe(("awoooi", AlertBatch.IntakeKind, 2));
        entry.TraceId!.Length.ShouldBe(32);
        var batch = _host.Journal.Batches[0];
        batch.Source.ShouldBe(AlertBatch.AlertmanagerApi);
        batch.Alerts[0].Labels.ShouldBe(new Dictionary<string, string> { ["alertname"] = "A", ["b"] = "1" });
        batch.Alerts[0].MemberId.ShouldBe(AlertMemberId.Of(batch.Alerts[0].Labels));
        batch.Alerts[1].Annotations["summary"].ShouldBe("x");
        batch.Alerts[1].GeneratorUrl.ShouldBe("http://p/g");
    }

    [Fact]
    public async Task Post_TimesLeftOut_AreFilledInByTheClockThatReceiptIsMeasuredBy()
    {
        // The server's clock is ahead of this machine's by more than the resolve timeout.
        _host.Journal.Now = TimeProvider.System.GetUtcNow().AddHours(1);

        (await PostAsync("""[{"labels":{"alertname":"A"}}]""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var alert = _host.Journal.Batches.ShouldHaveSingleItem().Alerts.ShouldHaveSingleItem();
        alert.StartsAt.ShouldBe(_host.Journal.Now);
        alert.EndsAt.ShouldBeGreaterThan(_host.Journal.Now);
    }

    [Fact]
    public async Task Post_AsManyAlertsAsTheBodyMayHold_AreAPayloadThatTheLogTakes()
    {
        const string Shortest = """{"labels":{"a":"b"}}""";
        var alerts = (IntakeLimits.MaxBatchBytes - 2) / (Shortest.Length + 1);

        (await PostAsync($"[{string.Join(',', Enumerable.Repeat(Shortest, alerts))}]")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var entry = _host.Journal.Entries.ShouldHaveSingleItem();
        entry.Items.ShouldBe(alerts);
        entry.Payload.Length.ShouldBeLessThanOrEqualTo(new IntakeOptions().MaxPayloadBytes);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Post_NoAlerts_IsTakenAndAppendsNothing(string body)
    {
        (await PostAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _host.Journal.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_SomeNotValid_KeepsTheOthersAndSaysWhich()
    {
        var response = await PostAsync("""[{"labels":{}},{"labels":{"alertname":"Kept"}},{"labels":{"a":"b"},"startsAt":"2026-01-02T00:00:00Z","endsAt":"2026-01-01T00:00:00Z"},7]""");

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid_alerts");
        problem.GetProperty("accepted").GetInt32().ShouldBe(1);
        problem.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()))
            .ShouldBe([("[0].labels", "no_labels"), ("[2].startsAt", "starts_after_end"), ("[3]", "wrong_type")]);
        _host.Journal.Batches.ShouldHaveSingleItem().Alerts.ShouldHaveSingleItem().Labels["alertname"].ShouldBe("Kept");
    }

    [Fact]
    public async Task Post_SomeNotValid_TellsAlertmanagersClientsByText()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = Answers.Json("""[{"labels":{}}]""") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        var response = await _client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await response.JsonAsync()).GetString()!.ShouldContain("at least one label");
        response.Headers.GetValues("Awooop-Code").ShouldBe(["no_labels"]);
    }

    [Theory]
    [InlineData("""[{"labels":{"a":"x\u0000y"}}]""", "nul_character")]
    [InlineData("""[{"labels":{"a\u0000":"y"}}]""", "nul_character")]
    [InlineData("""[{"labels":{"a":"b"},"annotations":{"c":"\u0000"}}]""", "nul_character")]
    [InlineData("""[{"labels":{"a":"\ud800"}}]""", "not_unicode")]
    [InlineData("""[{"labels":{"a":1}}]""", "wrong_type")]
    [InlineData("""[{"labels":["a"]}]""", "wrong_type")]
    [InlineData("""[{"labels":{"a":""}}]""", "no_labels")]
    [InlineData("""[{}]""", "no_labels")]
    [InlineData("""[{"labels":{"":"x"}}]""", "invalid_label_name")]
    [InlineData("""[{"labels":{"a":"b"},"startsAt":"yesterday"}]""", "invalid_time")]
    [InlineData("""[{"labels":{"a":"b"},"endsAt":"2026-01-01T00:00:00"}]""", "invalid_time")]
    [InlineData("""[{"labels":{"a":"b"},"startsAt":12}]""", "wrong_type")]
    [InlineData("""[null]""", "wrong_type")]
    public async Task Post_NotValid_IsRefusedWithItsCodeAndChangesNothing(string body, string code)
    {
        await (await PostAsync(body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);
        _host.Journal.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("""[{"labels":{"alertname":"A"}}""")]
    [InlineData("""[{"labels":{"alertname":"A"}}] x""")]
    [InlineData("""[{"labels":{"alertname":"A"}}][]""")]
    [InlineData("{}")]
    [InlineData("\"x\"")]
    [InlineData("""[{"labels":{"a":"b",}}]""")]
    public async Task Post_Malformed_ChangesNothing(string body)
    {
        await (await PostAsync(body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed_json");
        _host.Journal.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_NotUtf8_IsMalformed()
    {
        using var content = new ByteArrayContent([.. "[{\"labels\":{\"a\":\""u8, 0xFF, .. "\"}}]"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await (await _client.PostAsync(Path, content)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed_json");
        _host.Journal.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_OverOneMebibyte_IsTooLarge(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = Answers.Json("[" + new string(' ', 1024 * 1024) + "]") };
        request.Headers.TransferEncodingChunked = chunked;
        await (await _client.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "batch_too_large");
        _host.Journal.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ExactlyOneMebibyte_IsTaken()
    {
        const string alert = """{"labels":{"a":"b"}}""";
        var body = $"[{alert}{new string(' ', (1024 * 1024) - alert.Length - 2)}]";
        (await PostAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_AlertOver64Kibibytes_IsTooLarge()
    {
        await (await PostAsync("[{\"labels\":{\"a\":\"" + new string('x', 64 * 1024) + "\"}}]")).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "alert_too_large");
        _host.Journal.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_AlertOver64KibibytesBesideAnother_KeepsTheOther()
    {
        var response = await PostAsync("[{\"labels\":{\"a\":\"" + new string('x', 64 * 1024) + "\"}},{\"labels\":{\"b\":\"c\"}}]");
        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "alert_too_large");
        _host.Journal.Entries.ShouldHaveSingleItem().Items.ShouldBe(1);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Post_NotDeclaredAsJson_IsRefused(string type)
    {
        using var content = new StringContent("""[{"labels":{"a":"b"}}]""", Encoding.UTF8, type);
        await (await _client.PostAsync(Path, content)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "not_json");
        _host.Journal.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_LogOverloaded_Is429WithRetryAfter()
    {
        _host.Journal.OnAppend = static () => new IntakeOutcome(IntakeStatus.Overloaded, TimeSpan.FromSeconds(2.2));
        var response = await PostAsync("""[{"labels":{"a":"b"}}]""");
        await response.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "intake_overloaded");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Post_LogUnavailable_Is503()
    {
        _host.Journal.OnAppend = static () => throw new JournalUnavailableException("down");
        var response = await PostAsync("""[{"labels":{"a":"b"}}]""");
        await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "journal_unavailable");
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Post_SecretInALabelAndAnAnnotation_IsRedactedBeforeItIsAppended()
    {
        const string secret = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
        var body = """[{"labels":{"alertname":"A","api_token":"hunter2hunter2","job":"shop"},"annotations":{"summary":"sent """ + secret + "\"}}]";
        (await PostAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var (first, second) = (_host.Journal.Batches[0].Alerts[0], _host.Journal.Batches[1].Alerts[0]);
        first.Annotations["summary"].ShouldNotContain(secret);
        first.Annotations["summary"].ShouldContain("[REDACTED:");
        first.Labels["api_token"].ShouldStartWith("[REDACTED:");
        (first.Labels["alertname"], first.Labels["job"]).ShouldBe(("A", "shop"));
        second.MemberId.ShouldBe(first.MemberId);
    }

    [Fact]
    public async Task Post_LabelTwice_TakesTheLast()
    {
        await PostAsync("""[{"labels":{"a":"1","b":"2","a":"3"}}]""");
        _host.Journal.Batches[0].Alerts[0].Labels.ShouldBe(new Dictionary<string, string> { ["a"] = "3", ["b"] = "2" });
    }

    [Fact]
    public async Task Post_EmptyLabelValue_MeansNoSuchLabel()
    {
        await PostAsync("""[{"labels":{"a":"1","b":""}}]""");
        _host.Journal.Batches[0].Alerts[0].Labels.Keys.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Post_UnderAProject_IsThatProjects()
    {
        _host.Cluster.MakeProject("shop");
        (await _client.PostAsync("/projects/shop/api/v2/alerts", Answers.Json("""[{"labels":{"a":"b"}}]"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
        _host.Journal.Entries.ShouldHaveSingleItem().ProjectId.ShouldBe("shop");
    }

    [Theory]
    [InlineData("operators")]
    [InlineData("all")]
    [InlineData("Shop")]
    public async Task Post_UnderANameThatIsNoProject_IsRefused(string project)
    {
        var response = await _client.PostAsync($"/projects/{project}/api/v2/alerts", Answers.Json("""[{"labels":{"a":"b"}}]"""));
        await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_project_id");
        _host.Journal.Entries.ShouldBeEmpty();
    }

    private Task<HttpResponseMessage> PostAsync(string body) => _client.PostAsync(Path, Answers.Json(body));
}
