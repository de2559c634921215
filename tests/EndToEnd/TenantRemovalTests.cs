using System.Text.Json.Nodes;
using AwoooP.Demo;
using Npgsql;

namespace AwoooP.EndToEnd;

/// <summary>A tenant is exported and taken out while a silo serves others, the command being killed on the way; the others can prove what they have.</summary>
public sealed class TenantRemovalTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const string Api = "v1/platform/";
    private const string Keys = $"{Api}operators/keys";

    /// <summary>What a removal says of an export that has not everything.</summary>
    private const string Stale = "is older than the project";

    /// <summary>What is under way in a suspended project soon comes to its end.</summary>
    private const int MaxAttempts = 20;

    private int _exports;

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
        var key = (string)(await shared.Admin.PostAsync(Keys, """{"operator_id":"mover","roles":{"leaving":"operator"},"default_project":"leaving"}""")).ShouldSucceed().Body["key_id"]!;
        (await shared.Admin.PostAsync($"{Api}projects/leaving/suspend", """{"reason":"it moves"}""")).ShouldSucceed();
        await UntilIdleAsync("leaving");
        await ShouldRefuseAnOldExportAsync("leaving");

        // Killed once it has begun, wherever that may be.
        var (export, manifest) = await KillOnceAsync("leaving");
        var removed = (Code: -1, Output: "");
        await Readiness.UntilAsync(
            async _ =>
            {
                removed = await RunAsync("remove", "--project", "leaving", "--confirm", "leaving", "-m", "it has moved", "--export", export);
                if (removed.Output.Contains(Stale, StringComparison.Ordinal))
                    (export, manifest) = await ExportAsync("leaving");
                return removed.Code != 5;
            },
            "The session of the one that was killed does not end",
            CancellationToken.None);
        removed.Code.ShouldBe(0, removed.Output);

        await ShouldBeGoneAsync("leaving");
        await ShouldBeOnRecordAsync("leaving", manifest);
        (await shared.Admin.PostAsync($"{Api}projects", """{"project_id":"leaving","name":"Again"}""")).ShouldBeProblem(409, "project_removed");
        await ShouldKeepTheIdAsync("leaving", key);

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

    /// <summary>Whoever comes second is refused, with one exit code, and told what is in the way.</summary>
    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "--verify")]
    [InlineData("tenant", "remove", "--project", "leaving", "--confirm", "leaving", "-m", "it has moved")]
    [InlineData("tenant", "release", "--project", "leaving", "--confirm", "leaving")]
    [InlineData("tenant", "export", "--project", "awoooi", "--out", "never-made", "-m", "it is leaving")]
    public async Task OwnersWork_WhileAnotherIsAtIt_IsRefusedAndNamesIt(params string[] arguments)
    {
        await using var another = await shared.System.Superuser.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand("select set_config('application_name', 'awooop something', false), pg_advisory_lock(hashtext('awooop: replay'))", another))
            await hold.ExecuteNonQueryAsync();

        var (code, output) = await CommandAsync(arguments);

        await using (var release = new NpgsqlCommand("select pg_advisory_unlock_all()", another))
            await release.ExecuteNonQueryAsync();
        code.ShouldBe(5, output);
        output.ShouldContain("'awooop something' is running");
        Directory.Exists("never-made").ShouldBeFalse();
    }

    private async Task MakeAsync(string projectId) =>
        (await shared.Admin.PostAsync($"{Api}projects", $$"""{"project_id":"{{projectId}}","name":"{{projectId}}"}""")).ShouldSucceed();

    /// <summary>What was accepted is worked off, and stored so.</summary>
    private Task UntilIdleAsync(string projectId) => Readiness.UntilAsync(
        async _ => await shared.System.CountAsync(
            $"select count(*) from journal.intake i left join journal.cursor c on c.consumer = 'intake:' || i.kind and c.partition = i.partition where i.project_id = '{projectId}' and i.seq > coalesce(c.seq, 0)") == 0,
        "The intake is not worked off",
        CancellationToken.None);

    /// <returns>The folder, and the hash of the manifest.</returns>
    private async Task<(string Folder, string Manifest)> ExportAsync(string projectId)
    {
        var folder = Path.Combine(shared.System.Folder, $"{projectId}-export-{++_exports}");
        var exported = await RunAsync("export", "--project", projectId, "--out", folder, "-m", "it is leaving");
        exported.Code.ShouldBe(0, exported.Output);
        (await RunAsync("verify-export", folder)).Code.ShouldBe(0);
        return (folder, exported.Output.TrimEnd()[^64..]);
    }

    /// <summary>Whatever was done since would be lost: nothing is closed for it.</summary>
    private async Task ShouldRefuseAnOldExportAsync(string projectId)
    {
        var (folder, _) = await ExportAsync(projectId);
        (await shared.Admin.PostAsync($"{Api}projects/{projectId}/resume", """{"reason":"one more thing"}""")).ShouldSucceed();
        (await shared.Admin.PostAsync($"{Api}projects/{projectId}/suspend", """{"reason":"it moves"}""")).ShouldSucceed();

        var refused = await RunAsync("remove", "--project", projectId, "--confirm", projectId, "-m", "it has moved", "--export", folder);

        refused.Code.ShouldBe(5, refused.Output);
        refused.Output.ShouldContain(Stale);
        (await shared.Admin.GetAsync($"{Api}projects/{projectId}")).ShouldSucceed();
    }

    /// <summary>Begun with an export that was made right before; again with another where something came between.</summary>
    /// <returns>The export that the one that was killed has named.</returns>
    private async Task<(string Folder, string Manifest)> KillOnceAsync(string projectId)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var export = await ExportAsync(projectId);
            var log = Path.Combine(shared.System.Folder, $"tenant-killed-{_exports}.out");
            await using var process = Start(log, "tenant", "remove", "--project", projectId, "--confirm", projectId, "-m", "it has moved", "--export", export.Folder);
            var (hasBegun, ended) = (false, process.ExitedAsync());
            await Readiness.UntilAsync(
                async _ => (hasBegun = await shared.System.CountAsync($"select count(*) from journal.removed_project where id = '{projectId}'") == 1) || ended.IsCompleted,
                "The removal does not begin",
                CancellationToken.None);
            if (hasBegun)
            {
                process.Kill();
                await ended;
                return export;
            }

            (await ended).ShouldBe(5, "it is refused while something is under way, and not for good");
        }

        throw new InvalidOperationException("The project never rested.");
    }

    /// <summary>A key would open what is made with the id; and then there is the silo that knew the project.</summary>
    private async Task ShouldKeepTheIdAsync(string projectId, string key)
    {
        var refused = await RunAsync("release", "--project", projectId, "--confirm", projectId);
        refused.Code.ShouldBe(5, refused.Output);
        refused.Output.ShouldContain(key);

        (await shared.Admin.DeleteAsync($"{Keys}/{key}?reason=moved")).ShouldSucceed();
        await Readiness.UntilAsync(
            async _ =>
            {
                refused = await RunAsync("release", "--project", projectId, "--confirm", projectId);
                refused.Code.ShouldBe(5, refused.Output);
                return !refused.Output.Contains(key, StringComparison.Ordinal);
            },
            "The key is still in the way",
            CancellationToken.None);
        refused.Output.ShouldContain("start every silo anew");
    }

    private async Task ShouldBeGoneAsync(string projectId)
    {
        (await shared.Admin.GetAsync($"{Api}projects/{projectId}")).ShouldBeProblem(404, "project_not_found");
        (await shared.Nobody.PostAsync($"projects/{projectId}/api/v2/alerts", SharedSystem.Alert("Late"))).Status.ShouldBe(404);
        foreach (var table in (string[])["journal.event", "journal.grain", "journal.wake", "journal.claim", "journal.command", "journal.intake", "journal.dead_letter", .. RecordSnapshot.Tables, "public.awooop_audit_head"])
            (await shared.System.CountAsync($"select count(*) from {table} where project_id = '{projectId}'")).ShouldBe(0, table);
    }

    private async Task ShouldBeOnRecordAsync(string projectId, string manifest)
    {
        JsonNode? act = null;
        await Readiness.UntilAsync(
            async _ => (act = (await SharedSystem.ItemsAsync(shared.Admin, "audit/acts?scope=projects&act=project_catalog.project_removed")).FirstOrDefault()) is not null,
            "The removal is not on record",
            CancellationToken.None);
        ((string)act!["actor"]!).ShouldBe("local-admin");
        (await shared.System.CountAsync(
            $"""
            select count(*) from journal.event
            where project_id = 'projects' and type = 'project_catalog.project_removed' and data ->> 'project_id' = '{projectId}'
              and data ->> 'manifest_sha256' = '{manifest}' and json_array_length(data -> 'rows') > 5
            """))
            .ShouldBe(1);
        (await shared.System.CountAsync(
            $"""
            select count(*) from journal.event
            where project_id = 'projects' and type = 'project_catalog.project_exported' and data ->> 'project_id' = '{projectId}'
              and data ->> 'manifest_sha256' = '{manifest}' and actor = 'local-admin'
            """))
            .ShouldBe(1);
        (await SharedSystem.ItemsAsync(shared.Admin, "audit/acts?scope=projects&act=project_catalog.export_entered")).Count.ShouldBeGreaterThanOrEqualTo(1);
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
