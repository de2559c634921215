using System.Text.Json.Nodes;
using AwoooP.Demo;

namespace AwoooP.EndToEnd;

/// <summary>A tenant is exported and taken out while a silo serves others, the command being killed on the way; the others can prove what they have.</summary>
public sealed class TenantRemovalTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const string Api = "v1/platform/";

    [Fact]
    public async Task Remove_WhileOthersWork_TakesAllOfItAndLeavesThemVerifiable()
    {
        await MakeAsync("leaving");
        await MakeAsync("staying");
        await shared.FireAsync("Leaves", "projects/leaving/");
        await shared.FireAsync("Stays", "projects/staying/");
        await shared.IncidentAsync("Leaves", "leaving");
        await shared.IncidentAsync("Stays", "staying");

        (await RunAsync("remove", "--project", "leaving", "--confirm", "leaving", "-m", "it has moved")).Code.ShouldBe(5, "it is not suspended");
        (await shared.Admin.GetAsync($"{Api}projects/leaving")).ShouldSucceed();
        (await shared.Admin.PostAsync($"{Api}projects/leaving/suspend", """{"reason":"it moves"}""")).ShouldSucceed();
        await UntilIdleAsync("leaving");

        var export = Path.Combine(shared.System.Folder, "leaving-export");
        var exported = await RunAsync("export", "--project", "leaving", "--out", export);
        exported.Code.ShouldBe(0, exported.Output);
        (await RunAsync("verify-export", export)).Code.ShouldBe(0);

        // Killed once it has begun, wherever that may be.
        await KillOnceAsync("leaving");
        var removed = (Code: -1, Output: "");
        await Readiness.UntilAsync(
            async _ => (removed = await RunAsync("remove", "--project", "leaving", "--confirm", "leaving", "-m", "it has moved", "--export", export)).Code != 5,
            "The session of the one that was killed does not end",
            CancellationToken.None);
        removed.Code.ShouldBe(0, removed.Output);

        await ShouldBeGoneAsync("leaving");
        await ShouldBeOnRecordAsync("leaving", exported.Output);
        (await shared.Admin.PostAsync($"{Api}projects", """{"project_id":"leaving","name":"Again"}""")).ShouldBeProblem(409, "project_removed");
        (await RunAsync("release", "--project", "leaving", "--confirm", "leaving")).Code.ShouldBe(5, "the silo that knew it is up");

        await shared.FireAsync("StillWorks", "projects/staying/");
        await shared.IncidentAsync("StillWorks", "staying");
        foreach (var scope in (string[])["project_id=staying", "project_id=awoooi", "scope=projects", "scope=operators"])
            await ShouldVerifyAsync(scope);
        var verified = await CommandAsync("replay", "--verify");
        verified.Code.ShouldBe(0, verified.Output);
    }

    [Theory]
    [InlineData("awoooi", 5)]
    [InlineData("operators", 6)]
    [InlineData("nowhere", 4)]
    public async Task Remove_OfWhatCannotBeTakenOut_IsRefused(string projectId, int code)
    {
        var refused = await RunAsync("remove", "--project", projectId, "--confirm", projectId, "-m", "it has moved");

        refused.Code.ShouldBe(code, refused.Output);
    }

    private async Task MakeAsync(string projectId) =>
        (await shared.Admin.PostAsync($"{Api}projects", $$"""{"project_id":"{{projectId}}","name":"{{projectId}}"}""")).ShouldSucceed();

    /// <summary>What was accepted is worked off, and stored so.</summary>
    private Task UntilIdleAsync(string projectId) => Readiness.UntilAsync(
        async _ => await shared.System.CountAsync(
            $"select count(*) from journal.intake i left join journal.cursor c on c.consumer = 'intake:' || i.kind and c.partition = i.partition where i.project_id = '{projectId}' and i.seq > coalesce(c.seq, 0)") == 0,
        "The intake is not worked off",
        CancellationToken.None);

    private async Task KillOnceAsync(string projectId)
    {
        var log = Path.Combine(shared.System.Folder, "tenant-killed.out");
        await using var process = Start(log, "tenant", "remove", "--project", projectId, "--confirm", projectId, "-m", "it has moved");
        await Readiness.UntilAsync(
            async _ => await shared.System.CountAsync($"select count(*) from journal.removed_project where id = '{projectId}'") == 1, "The removal does not begin", CancellationToken.None);
        process.Kill();
        await process.ExitedAsync();
    }

    private async Task ShouldBeGoneAsync(string projectId)
    {
        (await shared.Admin.GetAsync($"{Api}projects/{projectId}")).ShouldBeProblem(404, "project_not_found");
        (await shared.Nobody.PostAsync($"projects/{projectId}/api/v2/alerts", SharedSystem.Alert("Late"))).Status.ShouldBe(404);
        foreach (var table in (string[])["journal.event", "journal.grain", "journal.wake", "journal.claim", "journal.command", "journal.intake", "journal.dead_letter", .. RecordSnapshot.Tables, "public.awooop_audit_head"])
            (await shared.System.CountAsync($"select count(*) from {table} where project_id = '{projectId}'")).ShouldBe(0, table);
    }

    private async Task ShouldBeOnRecordAsync(string projectId, string exported)
    {
        var manifest = exported.TrimEnd()[^64..];
        JsonNode? act = null;
        await Readiness.UntilAsync(
            async _ => (act = (await SharedSystem.ItemsAsync(shared.Admin, "audit/acts?scope=projects&act=project_catalog.project_removed")).FirstOrDefault()) is not null,
            "The removal is not on record",
            CancellationToken.None);
        ((string)act!["actor"]!).ShouldBe("local-admin");
        (await shared.System.CountAsync(
            $"select count(*) from journal.event where project_id = 'projects' and type = 'project_catalog.project_removed' and data ->> 'project_id' = '{projectId}' and data ->> 'manifest_sha256' = '{manifest}' and json_array_length(data -> 'rows') > 5"))
            .ShouldBe(1);
        (await SharedSystem.ItemsAsync(shared.Admin, "audit/acts?scope=projects&act=project_catalog.removal_entered")).Count.ShouldBeGreaterThanOrEqualTo(1);
    }

    private async Task ShouldVerifyAsync(string scope)
    {
        for (string? from = ""; from is not null;)
        {
            var part = (await shared.Admin.GetAsync($"{Api}audit/verify?{scope}{(from.Length == 0 ? "" : $"&from={from}")}")).ShouldSucceed().Body;
            part["fault"].ShouldBeNull(part.ToJsonString());
            from = (string?)part["next"];
        }
    }

    private Task<(int Code, string Output)> RunAsync(params string[] arguments) => CommandAsync(["tenant", .. arguments]);

    private async Task<(int Code, string Output)> CommandAsync(params string[] arguments)
    {
        var log = Path.Combine(shared.System.Folder, "tenant.out");
        File.Delete(log);
        int code;
        await using (var process = Start(log, arguments))
            code = await process.ExitedAsync();
        return (code, await File.ReadAllTextAsync(log));
    }

    private ChildProcess Start(string log, params string[] arguments) => ChildProcess.Start(
        DotnetHost.Path,
        [Path.Combine(AppContext.BaseDirectory, "AwoooP.Client.dll"), .. arguments],
        log,
        new Dictionary<string, string> { ["AWOOOP_DATA"] = shared.System.Folder, ["AWOOOP_POSTGRES"] = "", ["AWOOOP_URL"] = shared.System.Address.ToString() });
}
