using System.Net;
using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Client.Cli;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Audit;

/// <summary>The audit trail over HTTP and by commands as they are typed.</summary>
[Collection(StandardOutput.Name)]
public sealed class AuditTrailTests(AuditDatabase database) : IClassFixture<AuditDatabase>, IAsyncLifetime
{
    private const string Api = "/v1/platform/audit/";

    private readonly FrontHost _host = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-audit-");
    private ApiKey _admin = null!;

    public async Task InitializeAsync()
    {
        _host.Records = database.Endpoints.App;
        await _host.InitializeAsync();
        _admin = _host.Cluster.Issue("adam", OperatorRole.Admin, AuditDatabase.Project);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>In one test, since its last part breaks what the others read.</summary>
    [Fact]
    public async Task Trail_ListedExportedAndVerified_IsWholeUntilSomebodyChangesIt()
    {
        await database.TellAsync();
        await ListsByFilterAsync();
        await ExportsEveryRowOnceAsync();
        var heads = await KeepsHeadsAsync();

        (await RunAsync("audit", "verify")).ShouldBe((ExitCodes.Done, $"The audit trail is whole. Acts: {AuditDatabase.Acts}; signed heads: 1.\n", ""));
        (await RunAsync("audit", "verify", "--heads", heads)).ShouldBe((ExitCodes.Done, $"The audit trail is whole. Acts: {AuditDatabase.Acts}; signed heads: 1; exported heads: 1.\n", ""));
        var whole = await ToldAsync(ExitCodes.Done, "--heads", heads);
        whole.GetProperty("rows").GetInt64().ShouldBe(AuditDatabase.Acts);
        whole.GetProperty("heads").GetInt64().ShouldBe(1);
        whole.GetProperty("exported_heads").GetInt32().ShouldBe(1);
        whole.GetProperty("fault").ValueKind.ShouldBe(JsonValueKind.Null);

        // An event that cannot be applied holds the chain back: what is there is right, and it is not all.
        await database.TamperAsync(
            "insert into journal.dead_letter (project_id, consumer, generation, partition, seq, id, kind, queue_type, queue_key, grain_type, grain_key, event_type) "
            + "values ('shop', 'records.audit', 1, 7, 451, gen_random_uuid(), 'fault', '', '', 'brake', 'shop/brakes', 'brake.paused')");
        var (held, shown, _) = await RunAsync("audit", "verify");
        held.ShouldBe(ExitCodes.Failed);
        shown.ShouldContain("1.7.451");
        shown.ShouldNotContain("is whole");
        (await ToldAsync(ExitCodes.Failed)).GetProperty("held")[0].GetProperty("position").GetString().ShouldBe("1.7.451");
        await database.TamperAsync("delete from journal.dead_letter");

        // Whoever has the whole database cuts log, rows and heads alike: then what was exported tells.
        await database.TamperAsync("delete from awooop_audit_event where seq > 440; delete from journal.event where seq > 440; delete from awooop_audit_head");
        (await RunAsync("audit", "verify")).Code.ShouldBe(ExitCodes.Done);
        (await RunAsync("audit", "verify", "--heads", heads)).Code.ShouldBe(ExitCodes.Failed);

        await database.TamperAsync("update awooop_audit_event set reason = 'nothing' where seq = 101");
        var (code, output, _) = await RunAsync("audit", "verify");
        code.ShouldBe(ExitCodes.Failed);
        output.ShouldContain("1.7.101");
        output.ShouldContain("changed");
        var broken = await ToldAsync(ExitCodes.Failed);
        broken.GetProperty("rows").GetInt64().ShouldBe(100);
        broken.GetProperty("fault").GetProperty("position").GetString().ShouldBe("1.7.101");
        using var client = _host.Connect(_admin);
        var check = await (await client.GetAsync($"{Api}verify")).JsonAsync();
        check.GetProperty("rows").GetInt64().ShouldBe(100);
        check.GetProperty("fault").GetProperty("position").GetString().ShouldBe("1.7.101");
        check.GetProperty("fault").GetProperty("kind").GetString().ShouldBe("changed");
    }

    [Fact]
    public async Task Requests_OutOfBounds_AreRefusedWithTheirCode()
    {
        using var client = _host.Connect(_admin);

        await (await client.GetAsync($"{Api}acts?outcome=maybe")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown_value");
        await (await client.GetAsync($"{Api}acts?since=yesterday")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_time");
        await (await client.GetAsync($"{Api}acts?cursor=x")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_cursor");
        foreach (var from in (string[])["x", "heads.99999.0.1", "rows.1.0.999999999"])
            await (await client.GetAsync($"{Api}verify?from={from}")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_cursor");
        await (await client.GetAsync($"{Api}acts/1.7.9999")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "audit_act_not_found");
        await (await client.GetAsync($"{Api}acts/x")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "audit_act_not_found");
        await (await client.GetAsync($"{Api}acts?scope=operators")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
        await (await client.GetAsync($"{Api}verify?scope=everything")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
        using var everywhere = _host.ConnectAs(OperatorRole.Admin, "*");
        (await (await everywhere.GetAsync($"{Api}acts?scope=operators")).JsonAsync()).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await RunAsync("audit", "verify", "--heads", Path.Combine(_folder.FullName, "nothing"))).Code.ShouldBe(ExitCodes.Invalid);
        var junk = Path.Combine(_folder.FullName, "junk");
        await File.WriteAllTextAsync(junk, "{}\n");
        (await RunAsync("audit", "verify", "--heads", junk)).Code.ShouldBe(ExitCodes.Invalid);
    }

    private async Task ListsByFilterAsync()
    {
        using var client = _host.Connect(_admin);
        var all = await (await client.GetAsync($"{Api}acts?limit=2")).JsonAsync();
        all.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("position").GetString()).ShouldBe(["1.7.450", "1.7.449"]);
        var next = await (await client.GetAsync($"{Api}acts?limit=2&cursor={all.GetProperty("next_cursor").GetString()}")).JsonAsync();
        next.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("position").GetString()).ShouldBe(["1.7.448", "1.7.447"]);

        var some = await (await client.GetAsync($"{Api}acts?actor=ann&act=brake.paused&outcome=done&object_id=brakes&since=2026-03-01T09:00:11Z&until=2026-03-01T09:00:15Z")).JsonAsync();
        some.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("reason").GetString()).ShouldBe(["freeze 13", "freeze 11"]);
        (await (await client.GetAsync($"{Api}acts?actor=ann&act=brake.resumed")).JsonAsync()).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await (await client.GetAsync($"{Api}acts/1.7.11")).JsonAsync()).GetProperty("actor_role").GetString().ShouldBe("operator");
        (await RunAsync("audit", "--actor", "ben", "--limit", "1")).Output.ShouldContain("brake.resumed");
    }

    private async Task ExportsEveryRowOnceAsync()
    {
        var (code, output, _) = await RunAsync("audit", "export", "--actor", "ann");

        code.ShouldBe(ExitCodes.Done);
        var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        rows.Select(row => row.GetProperty("position").GetString()).ShouldBe(Enumerable.Range(0, AuditDatabase.Acts / 2).Select(number => $"1.7.{449 - (2 * number)}"));
        rows.ShouldAllBe(row => row.GetProperty("actor").GetString() == "ann" && row.GetProperty("hash").GetString()!.Length == 64);
    }

    private async Task<string> KeepsHeadsAsync()
    {
        var (code, output, _) = await RunAsync("audit", "heads");

        code.ShouldBe(ExitCodes.Done);
        output.ShouldContain("\"position\":\"1.7.450\"");
        (await RunAsync("audit", "heads", "--since", "2000-01-01T00:00:00Z", "--until", "2100-01-01T00:00:00Z")).Output.ShouldBe(output);
        (await RunAsync("audit", "heads", "--until", "2000-01-01T00:00:00Z")).Output.ShouldBeEmpty();
        var path = Path.Combine(_folder.FullName, "heads.jsonl");
        await File.WriteAllTextAsync(path, output);
        return path;
    }

    /// <summary>What a check says to scripts: one JSON object, whatever it has found.</summary>
    private async Task<JsonElement> ToldAsync(int ends, params string[] more)
    {
        string[] typed = ["audit", "verify", "--json", .. more];
        var (code, output, _) = await RunAsync(typed);
        code.ShouldBe(ends);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => _host.RunAsync(_admin, arguments);
}
