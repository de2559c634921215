using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;
using Npgsql;

namespace AwoooP.EndToEnd;

/// <summary>The record tables hold nothing but what the log says: the command rebuilds every one of them to the same rows.</summary>
public sealed class ReplayTests
{
    /// <summary>A rebuild beside which the silo wrote nothing is soon found, since only wake-ups write here.</summary>
    private const int MaxAttempts = 5;

    [Fact]
    public async Task Replay_WhileTheSiloRuns_GivesEveryTableTheSameRows()
    {
        await using var system = await AwooopSystem.StartAsync();
        await FillAsync(system);

        var (before, after) = await RebuildAsync(system);

        after.Rows.ShouldBe(before.Rows, ignoreOrder: true);
        after.Shape.ShouldBe(before.Shape);
        after.Oids.ShouldAllBe(table => before.Oids[table.Key] != table.Value);
        foreach (var filled in (string[])["incidents", "approval_records", "playbooks", "trust_records", "run_state", "alert_member", "timeline_events"])
            (await system.CountAsync($"select count(*) from {filled}")).ShouldBeGreaterThan(0, $"{filled} proves nothing while it is empty");
        (await CountAsStrangerAsync(system)).ShouldBe(0, "a session without tenants sees rows");

        var verified = await RunAsync(system, "--verify");
        foreach (var table in RecordSnapshot.Tables)
            verified.Output.ShouldContain($"{table}: equal");

        await SendAsync(system, "AfterReplay");
        await Readiness.UntilAsync(
            async _ => await system.CountAsync("select count(*) from incidents where alertname = 'AfterReplay'") == 1
                && await system.CountAsync("select count(*) from alert_member where labels->>'alertname' = 'AfterReplay'") == 1,
            "Nothing is projected after the rebuild",
            CancellationToken.None);
    }

    [Fact]
    public async Task Replay_RefusedAtALaterTable_ShowsWhatItHasSwappedBefore()
    {
        await using var system = await AwooopSystem.StartAsync();
        await using (var hinder = system.Superuser.CreateCommand("create materialized view public.hindrance as select * from public.awooop_legal_hold"))
            await hinder.ExecuteNonQueryAsync();

        var refused = (await new AwooopCommand(system, key: "").RunAsync("replay")).ShouldEnd(Exit.Failed);

        refused.Output.ShouldContain("records.audit: ");
        refused.Output.ShouldNotContain("records.legal_holds: ");
        refused.Errors.ShouldContain("hindrance");
    }

    /// <summary>Rebuilds until it happened beside a quiet log; else a difference may be news.</summary>
    private static async Task<(RecordSnapshot Before, RecordSnapshot After)> RebuildAsync(AwooopSystem system)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var before = await RecordSnapshot.TakeSettledAsync(system);
            await RunAsync(system);
            var after = await RecordSnapshot.TakeSettledAsync(system);
            if (before.Events == after.Events)
                return (before, after);
        }

        throw new InvalidOperationException("The log never rested.");
    }

    private static async Task<CommandEnd> RunAsync(AwooopSystem system, params string[] arguments) =>
        (await new AwooopCommand(system, key: "").RunAsync(["replay", .. arguments])).ShouldEnd(Exit.Done);

    /// <summary>Alerts, and one incident that goes the whole way: a playbook, an approval, a run, trust.</summary>
    private static async Task FillAsync(AwooopSystem system)
    {
        using var admin = await system.AdminAsync();
        await ActivatePlaybookAsync(system, admin);
        var load = new AlertLoad([system.Address], senders: 4, alertsEach: 15);
        await load.RunAsync(CancellationToken.None);
        await Ledger.CheckAsync(system, load.Acknowledged);

        await SendAsync(system, "Replayed");
        await Readiness.UntilAsync(async token => await TryApproveAsync(system, admin, token), "No vote could be cast", CancellationToken.None);
        await Readiness.UntilAsync(
            async _ => await system.CountAsync("select count(*) from incidents where alertname = 'Replayed' and status = 'resolved'") == 1
                && await system.CountAsync("select count(*) from trust_records") == 1,
            "The incident was not resolved",
            CancellationToken.None);
    }

    private static async Task ActivatePlaybookAsync(AwooopSystem system, AwooopApi admin)
    {
        using var author = await admin.IssueAsync("author", "admin", CancellationToken.None);
        var created = await author.PostAsync("playbooks", new JsonObject
        {
            ["name"] = "Check the health",
            ["match"] = new JsonObject { ["alert_names"] = new JsonArray("Replayed") },
            ["action_pattern"] = "check:health",
            ["steps"] = new JsonArray(
                new JsonObject { ["kind"] = "verify", ["name"] = "Check", ["url"] = new Uri(system.Address, "-/healthy").ToString(), ["idempotent"] = true }),
        }, CancellationToken.None);
        var id = (string)created["playbook_id"]!;
        await admin.PostAsync($"playbooks/{id}/approve", null, CancellationToken.None);
        await admin.PostAsync($"playbooks/{id}/activate", null, CancellationToken.None);
    }

    private static async Task<bool> TryApproveAsync(AwooopSystem system, AwooopApi admin, CancellationToken cancellationToken)
    {
        await using var find = system.Superuser.CreateCommand(
            "select a.id::text from approval_records a join incidents i using (project_id, incident_id) where i.alertname = 'Replayed' and a.status = 'pending'");
        if (await find.ExecuteScalarAsync(cancellationToken) is not string approvalId)
            return false;

        await admin.PostAsync($"approvals/{approvalId}/votes", new JsonObject { ["choice"] = "approve" }, cancellationToken);
        return true;
    }

    private static async Task SendAsync(AwooopSystem system, string name)
    {
        using var http = new HttpClient();
        var alert = new JsonArray(new JsonObject
        {
            ["labels"] = new JsonObject { ["alertname"] = name, ["namespace"] = "replay", ["service"] = name, ["severity"] = "warning" },
            ["startsAt"] = "2026-01-01T00:00:00Z",
            ["endsAt"] = "2099-01-01T00:00:00Z",
        });
        using var answer = await http.PostAsJsonAsync(new Uri(system.Address, "api/v2/alerts"), alert);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What the engine's own role sees while no tenant is set.</summary>
    private static async Task<long> CountAsStrangerAsync(AwooopSystem system)
    {
        await using var connection = await system.Superuser.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var become = new NpgsqlCommand("set local role awooop_app", connection))
            await become.ExecuteNonQueryAsync();
        await using var count = new NpgsqlCommand("select (select count(*) from incidents) + (select count(*) from approval_records) + (select count(*) from timeline_events)", connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
