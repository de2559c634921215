using System.Net;
using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Cli;
using AwoooP.Contracts;
using AwoooP.Operators;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Contracts;

/// <summary>Contracts over HTTP and by the command line; the front, the grain, its keys and the journal are real.</summary>
[Collection(StandardOutput.Name)]
public sealed class ContractTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Project = "awoooi";

    private const string Valid = """
        {"schema_version":"v1","description":"Nothing is deleted.","rules":[{"name":"no_deletes","effect":"deny","actions":["delete:*"],"reason":"It cannot be undone."}]}
        """;

    private readonly FrontHost _host = new();
    private RealGrains _grains = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _grains = await RealGrains.StartAsync(postgres.Endpoints);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _grains.DisposeAsync();
    }

    [Fact]
    public async Task Contract_DraftedPublishedAndSignedByTwo_IsInForce()
    {
        var path = Contract("two_signers");
        using var admin = Connect("ann", OperatorRole.Admin);
        using var ben = Connect("ben", OperatorRole.Approver);
        using var cho = Connect("cho", OperatorRole.Approver);

        var drafted = await (await admin.PutAsync($"{path}/draft", Document(Valid))).JsonAsync();
        var sha256 = Newest(drafted).GetProperty("document_sha256").GetString()!;
        Newest(drafted).GetProperty("faults").GetArrayLength().ShouldBe(0);
        Newest(await (await PublishAsync(admin, path, sha256)).JsonAsync()).GetProperty("status").GetString().ShouldBe("published");

        Newest(await (await SignAsync(ben, path, sha256)).JsonAsync()).GetProperty("status").GetString().ShouldBe("published");
        var active = Newest(await (await SignAsync(cho, path, sha256)).JsonAsync());

        active.GetProperty("status").GetString().ShouldBe("active");
        active.GetProperty("unusable").ValueKind.ShouldBe(JsonValueKind.Null);
        active.GetProperty("signatures").EnumerateArray().Select(static signature => signature.GetProperty("signer").GetString()).ShouldBe(["ben", "cho"]);
        active.GetProperty("available_actions").EnumerateArray().Select(static action => action.GetString()).ShouldBe(["deprecate"]);
    }

    [Fact]
    public async Task Signature_OfThePublisherOrReplayedOrOfAnotherDocument_IsRefusedAndNothingChanges()
    {
        var path = Contract("refusals");
        using var ann = Connect("ann", OperatorRole.Admin);
        using var ben = Connect("ben", OperatorRole.Approver);
        using var cho = Connect("cho", OperatorRole.Approver);
        var sha256 = Newest(await (await ann.PutAsync($"{path}/draft", Document(Valid))).JsonAsync()).GetProperty("document_sha256").GetString()!;
        await PublishAsync(ann, path, sha256);
        var used = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        (await SignAsync(ben, path, sha256, used)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var written = await EventsAsync("refusals");

        await (await SignAsync(ann, path, sha256)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "publisher_cannot_sign");
        await (await SignAsync(ben, path, sha256)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "already_signed");
        await (await SignAsync(cho, path, sha256, used)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "signature_replayed");
        await (await SignAsync(cho, path, new string('0', 64))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "signature_mismatch");

        (await EventsAsync("refusals")).ShouldBe(written);
        written.ShouldBe(["contract.drafted", "contract.published", "contract.signed"]);
    }

    [Fact]
    public async Task Signature_WithAKeyOfAnotherProject_IsRefused()
    {
        using var stranger = _host.Connect(_host.Cluster.Issue("eve", OperatorRole.Admin, "bank"));

        var response = await SignAsync(stranger, $"{Contract("refusals")}", new string('0', 64), project: Project);

        await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
    }

    [Fact]
    public async Task Publish_OfADraftThatWasChangedMeanwhile_IsRefused()
    {
        var path = Contract("redrafted");
        using var ann = Connect("ann", OperatorRole.Admin);
        var read = Newest(await (await ann.PutAsync($"{path}/draft", Document(Valid))).JsonAsync()).GetProperty("document_sha256").GetString()!;
        await ann.PutAsync($"{path}/draft", Document(Valid.Replace("deny", "require_approval", StringComparison.Ordinal)));

        await (await PublishAsync(ann, path, read)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "document_changed");
        await (await ann.PostAsync($"{path}/versions/1/publish", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "missing_field");
    }

    /// <summary>The publisher has made a key under another name, and knows its secret.</summary>
    [Fact]
    public async Task Signature_WithAKeyThatThePublisherHasIssued_IsRefused()
    {
        var path = Contract("alone");
        using var ann = Connect("ann", OperatorRole.Admin);
        var key = _host.Cluster.Issue("ben", OperatorRole.Approver, Project);
        _host.Cluster.Change(key, static view => view with { IssuedBy = ["ann", "local-admin", "platform"] });
        using var ben = _host.Connect(key);
        var sha256 = Newest(await (await ann.PutAsync($"{path}/draft", Document(Valid))).JsonAsync()).GetProperty("document_sha256").GetString()!;
        await PublishAsync(ann, path, sha256);

        await (await SignAsync(ben, path, sha256)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "signer_not_independent");
    }

    [Theory]
    [InlineData("""{"surprise":1}""", "unknown_field", "$.surprise")]
    [InlineData("""{"schema_version":"v1","description":"x","rules":[]}""", "out_of_range", "$.rules")]
    public async Task Publish_OfAnInvalidDocument_NamesFieldAndBound(string document, string code, string field)
    {
        var path = Contract($"invalid_{code}");
        using var ann = Connect("ann", OperatorRole.Admin);
        var drafted = await ann.PutAsync($"{path}/draft", Document(document));
        drafted.StatusCode.ShouldBe(HttpStatusCode.OK);

        var response = await PublishAsync(ann, path, Newest(await drafted.JsonAsync()).GetProperty("document_sha256").GetString()!);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var error = (await response.JsonAsync()).GetProperty("errors").EnumerateArray().Single(error => error.GetProperty("field").GetString() == field);
        error.GetProperty("code").GetString().ShouldBe(code);
        if (code == "out_of_range")
            error.GetProperty("bound").GetString().ShouldBe("1..100");
    }

    [Theory]
    [InlineData("""{"document":{"a":1,"a":2}}""", "duplicate_key")]
    [InlineData("""{"document":{"a":1e999}}""", "number_out_of_range")]
    [InlineData("""{"document":[]}""", "wrong_type")]
    [InlineData("""{"document":{},"more":1}""", "unknown_field")]
    [InlineData("{}", "missing_field")]
    public async Task Draft_OfWhatHasNoOneMeaning_IsRefused(string body, string code)
    {
        using var ann = Connect("ann", OperatorRole.Operator);

        await (await ann.PutAsync($"{Contract("odd")}/draft", Answers.Json(body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);

        (await EventsAsync("odd")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("validate")]
    public async Task Document_ThatIsNotUtf8_IsMalformed(string action)
    {
        using var ann = Connect("ann", OperatorRole.Operator);
        using var content = new ByteArrayContent([.. "{\"document\":{\"a\":\""u8, 0xFF, .. "\"}}"u8]);
        content.Headers.ContentType = new("application/json");

        var response = action == "draft" ? await ann.PutAsync($"{Contract("odd")}/draft", content) : await ann.PostAsync($"{Contract("odd")}/validate", content);

        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed_json");
    }

    [Fact]
    public async Task Contract_OfAnUnknownKindOrName_IsNotThere()
    {
        using var ann = Connect("ann", OperatorRole.Admin);

        await (await ann.GetAsync("/v1/platform/contracts/treaty/x")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "contract_not_found");
        await (await ann.GetAsync("/v1/platform/contracts/tool/none/versions/x")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "contract_version_not_found");
        await (await ann.PutAsync("/v1/platform/contracts/tool/Not%20A%20Name/draft", Document("{}"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_contract_id");
        await (await ann.GetAsync($"{Contract("none")}/diff?from=1&to=0")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "out_of_range");
    }

    /// <summary>Somebody with the database's password changes the row that the grain is loaded from.</summary>
    [Fact]
    public async Task Contract_WhoseRowWasChanged_IsUnusableAndSaysSoOnceHoweverOftenItIsLoaded()
    {
        var path = Contract("changed");
        using var ann = Connect("ann", OperatorRole.Admin);
        using var ben = Connect("ben", OperatorRole.Approver);
        using var cho = Connect("cho", OperatorRole.Approver);
        var sha256 = Newest(await (await ann.PutAsync($"{path}/draft", Document(Valid))).JsonAsync()).GetProperty("document_sha256").GetString()!;
        await PublishAsync(ann, path, sha256);
        await SignAsync(ben, path, sha256);
        await SignAsync(cho, path, sha256);

        await using (var command = postgres.Superuser.CreateCommand(
            $"update journal.grain set state = replace(state::text, 'cannot be undone', 'can be undone')::json where grain_key = '{Project}/policy/changed'"))
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        for (var load = 0; load < 2; load++)
        {
            await _grains.DisposeAsync();
            _grains = await RealGrains.StartAsync(postgres.Endpoints);
            Contract("changed");
            Newest(await (await ann.GetAsync(path)).JsonAsync()).GetProperty("unusable").GetString().ShouldBe("contract_signature_invalid");
        }

        (await EventsAsync("changed")).ShouldBe(
            ["contract.drafted", "contract.published", "contract.signed", "contract.signed", "contract.activated", "contract.found_unusable"]);
    }

    /// <summary>The whole way by the command line, with a second version compared with the first.</summary>
    [Fact]
    public async Task CommandLine_FromDraftToActive_ShowsAndComparesVersions()
    {
        const string Name = "policy/by_hand";
        Contract("by_hand");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"surprise":1}""");
            await ShouldEndAsync(ExitCodes.Invalid, "$.surprise", "ann", OperatorRole.Operator, "contracts", "validate", Name, "-f", file);
            await File.WriteAllTextAsync(file, Valid);
            await ShouldEndAsync(ExitCodes.Done, "draft", "ann", OperatorRole.Operator, "contracts", "draft", Name, "-f", file);
            await ShouldEndAsync(ExitCodes.NotAllowed, "", "ann", OperatorRole.Operator, "contracts", "publish", Name, "1");
            await ShouldEndAsync(ExitCodes.Done, "published", "ann", OperatorRole.Admin, "contracts", "publish", Name, "1");
            await ShouldEndAsync(ExitCodes.NotAllowed, "", "ann", OperatorRole.Admin, "contracts", "sign", Name, "1");
            await ShouldEndAsync(ExitCodes.Refused, "", "ben", OperatorRole.Approver, "contracts", "sign", Name, "1", "--sha256", new string('0', 64));
            await ShouldEndAsync(ExitCodes.Done, "published", "ben", OperatorRole.Approver, "contracts", "sign", Name, "1");
            await ShouldEndAsync(ExitCodes.Done, "active", "cho", OperatorRole.Approver, "contracts", "sign", Name, "1");

            await File.WriteAllTextAsync(file, Valid.Replace("deny", "require_approval", StringComparison.Ordinal));
            await ShouldEndAsync(ExitCodes.Done, "", "ann", OperatorRole.Operator, "contracts", "draft", Name, "-f", file);
            await ShouldEndAsync(ExitCodes.Done, "$.rules[0].effect", "ann", OperatorRole.Viewer, "contracts", "diff", Name, "1", "2");
            await ShouldEndAsync(ExitCodes.Refused, "", "ann", OperatorRole.Admin, "contracts", "retire", Name, "1");
            await ShouldEndAsync(ExitCodes.Done, "deprecated", "ann", OperatorRole.Admin, "contracts", "deprecate", Name, "1", "-m", "Too strict.");
            await ShouldEndAsync(ExitCodes.Done, "", "ann", OperatorRole.Admin, "contracts", "retire", Name, "1");
            (await RunAsync("ann", OperatorRole.Viewer, "contracts", "show", Name)).Output.ShouldNotContain("deprecated");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The path of a policy whose grain is the real one.</summary>
    private string Contract(string name)
    {
        var key = $"{Project}/policy/{name}";
        _host.Cluster.Put(key, _grains.Get<IContractGrain>(key));
        return $"/v1/platform/contracts/policy/{name}";
    }

    private HttpClient Connect(string person, OperatorRole role) => _host.Connect(_host.Cluster.Issue(person, role, Project));

    private static StringContent Document(string document) => Answers.Json($$"""{"document":{{document}}}""");

    private static JsonElement Newest(JsonElement contract) => contract.GetProperty("versions").EnumerateArray().Last();

    private static Task<HttpResponseMessage> PublishAsync(HttpClient publisher, string path, string sha256) =>
        publisher.PostAsync($"{path}/versions/1/publish", Answers.Json($$"""{"document_sha256":"{{sha256}}"}"""));

    private static Task<HttpResponseMessage> SignAsync(HttpClient signer, string path, string sha256, Guid? signatureId = null, string project = Project)
    {
        var id = signatureId ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        return signer.PostAsync($"{path}/versions/1/sign?project_id={project}", Answers.Json($$"""{"document_sha256":"{{sha256}}","signature_id":"{{id}}"}"""));
    }

    private async Task ShouldEndAsync(int code, string shown, string person, OperatorRole role, params string[] arguments)
    {
        var (ended, output, _) = await RunAsync(person, role, arguments);
        ended.ShouldBe(code, $"{string.Join(' ', arguments)}: {output}");
        output.ShouldContain(shown);
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(string person, OperatorRole role, params string[] arguments) =>
        _host.RunAsync(_host.Cluster.Issue(person, role, Project), arguments);

    private async Task<List<string>> EventsAsync(string name)
    {
        await using var command = postgres.Superuser.CreateCommand($"select type from journal.event where grain_key = '{Project}/policy/{name}' order by version");
        await using var reader = await command.ExecuteReaderAsync();
        var types = new List<string>();
        while (await reader.ReadAsync())
            types.Add(reader.GetString(0));
        return types;
    }
}
