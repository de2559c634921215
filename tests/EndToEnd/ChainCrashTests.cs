using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;
using Npgsql;

namespace AwoooP.EndToEnd;

/// <summary>
/// kill -9 right after each kind of event of the chain from alert to trust. Whatever stood between that event and the next
/// one is lost with the process; after a restart the chain goes on from the log, and each thing has happened once.
/// </summary>
public sealed class ChainCrashTests
{
    private static readonly string[] Chain =
    [
        "alert.fired", "incident.opened", "alert.incident_linked", "incident.plan_proposed", "run.created", "approval.requested",
        "approval.voted", "approval.granted", "run.released", "run.claimed", "incident.mitigation_started", "approval.execution_begun",
        "run.step_begun", "run.step_finished", "run.completed", "approval.executed", "playbook.outcome_recorded", "incident.resolved", "trust.raised",
    ];

    [Fact]
    public async Task Silo_KilledBetweenAnyTwoSteps_ContinuesAndDoublesNothing()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Settings = new Dictionary<string, string> { ["Silo__Lease"] = "00:00:01" } });
        var effects = await AllowProgramAsync(system);
        await ActivatePlaybookAsync(system);
        await AnnounceEventsAsync(system);

        foreach (var type in Chain)
        {
            var name = "Chain_" + type.Replace('.', '_');
            await using var watch = await EventWatch.StartAsync(system, type);
            await SendAsync(system, name);
            var approving = ApproveAsync(system, name);
            await watch.SeenAsync();
            await system.KillSiloAsync();
            await system.StartSiloAsync();
            await approving;

            await Readiness.UntilAsync(
                async _ => await system.CountAsync($"select count(*) from incidents where alertname = '{name}' and status = 'resolved'") == 1
                    && await system.CountAsync(Approvals(name)) == 1,
                $"The incident of {name} was not resolved, or its approval did not end",
                CancellationToken.None);
            await CheckOnceAsync(system, name);
            // A step whose worker died in its middle is begun again when it is idempotent; every other effect happens once.
            var begun = (int)await system.CountAsync(FirstStepBegun(name));
            begun.ShouldBeInRange(1, 2);
            (await File.ReadAllLinesAsync(effects)).Count(line => line == name).ShouldBeInRange(1, begun, $"effects of {name}");
        }

        await Readiness.UntilAsync(
            async _ => await system.CountAsync($"select count(*) from playbooks where success_count = {Chain.Length}") == 1, "An outcome is missing", CancellationToken.None);
        await Readiness.UntilAsync(async _ => await system.CountAsync("select score from trust_records") >= Chain.Length, "A verdict is missing", CancellationToken.None);
        (await system.CountAsync("select score from trust_records")).ShouldBe(Chain.Length, "each approval raised trust once");
    }

    private static string FirstStepBegun(string name) =>
        $"""
        select count(*) from journal.event e
        join run_state r on e.grain_key = r.project_id || '/' || r.run_id
        join incidents i on (i.project_id, i.incident_id) = (r.project_id, r.incident_id)
        where e.type = 'run.step_begun' and (e.data->>'step_no')::integer = 1 and i.alertname = '{name}'
        """;

    private static async Task CheckOnceAsync(AwooopSystem system, string name)
    {
        foreach (var once in (string[])["incident.opened", "incident.plan_proposed", "incident.mitigation_started", "incident.resolved"])
            (await system.CountAsync($"select count(*) from journal.event e join incidents i on e.grain_key = i.project_id || '/' || i.incident_id where i.alertname = '{name}' and e.type = '{once}'")).ShouldBe(1, $"{once} of {name}");
        (await system.CountAsync(Approvals(name))).ShouldBe(1, $"approvals of {name}");
    }

    private static string Approvals(string name) =>
        $"select count(*) from approval_records a join incidents i using (project_id, incident_id) where i.alertname = '{name}' and a.status = 'executed'";

    private static async Task<string> AllowProgramAsync(AwooopSystem system)
    {
        var effects = Path.Combine(system.Folder, "effects");
        await File.WriteAllTextAsync(effects, "");
        var programs = Directory.CreateDirectory(Path.Combine(system.Folder, "programs")).FullName;
        var program = Path.Combine(programs, "note-effect");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho \"$1\" >> '{effects}'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return effects;
    }

    private static async Task ActivatePlaybookAsync(AwooopSystem system)
    {
        using var admin = await system.AdminAsync();
        using var author = await admin.IssueAsync("author", "admin", CancellationToken.None);
        var created = await author.PostAsync("playbooks", new JsonObject
        {
            ["name"] = "Note an effect",
            ["match"] = new JsonObject { ["alert_names"] = new JsonArray([.. Chain.Select(type => (JsonNode)("Chain_" + type.Replace('.', '_')))]) },
            ["action_pattern"] = "note:effect",
            ["steps"] = new JsonArray(
                new JsonObject { ["kind"] = "command", ["name"] = "Note", ["program"] = "note-effect", ["arguments"] = new JsonArray("{{alertname}}"), ["idempotent"] = true },
                new JsonObject { ["kind"] = "verify", ["name"] = "Check", ["url"] = new Uri(system.Address, "-/healthy").ToString(), ["idempotent"] = true }),
        }, CancellationToken.None);
        var id = (string)created["playbook_id"]!;
        await admin.PostAsync($"playbooks/{id}/approve", null, CancellationToken.None);
        await admin.PostAsync($"playbooks/{id}/activate", null, CancellationToken.None);
    }

    /// <summary>Sends again until it is acknowledged, as every sender does.</summary>
    private static async Task SendAsync(AwooopSystem system, string name)
    {
        using var http = new HttpClient();
        var alert = new JsonArray(new JsonObject
        {
            ["labels"] = new JsonObject { ["alertname"] = name, ["namespace"] = "chain", ["service"] = name, ["severity"] = "warning" },
            ["startsAt"] = "2026-01-01T00:00:00Z",
            ["endsAt"] = "2099-01-01T00:00:00Z",
        });
        await Readiness.UntilAsync(
            async token =>
            {
                using var answer = await http.PostAsJsonAsync(new Uri(system.Address, "api/v2/alerts"), alert, token);
                return answer.IsSuccessStatusCode;
            },
            $"{name} is not acknowledged",
            CancellationToken.None);
    }

    /// <summary>Votes as soon as there is something to vote on; asks again while the silo is away.</summary>
    private static async Task ApproveAsync(AwooopSystem system, string name)
    {
        using var admin = await system.AdminAsync();
        await Readiness.UntilAsync(async token =>
        {
            try
            {
                var incidents = await admin.GetAsync("incidents?limit=50", token);
                var incident = incidents["items"]!.AsArray().FirstOrDefault(item => (string?)item!["alertname"] == name);
                if (incident is null)
                    return false;

                var approvals = await admin.GetAsync($"approvals?incident_id={(string)incident["incident_id"]!}", token);
                if (approvals["items"]!.AsArray().FirstOrDefault() is not { } approval)
                    return false;
                if ((string?)approval["status"] is not "pending")
                    return true;

                var approvalId = (string)approval["id"]!;
                await admin.PostAsync($"approvals/{approvalId}/votes", new JsonObject { ["choice"] = "approve" }, token);
                return true;
            }
            catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException)
            {
                return false;
            }
        }, $"No vote could be cast for {name}", CancellationToken.None);
    }

    /// <summary>Lets PostgreSQL tell of each event the moment it is durable.</summary>
    private static async Task AnnounceEventsAsync(AwooopSystem system)
    {
        await using var command = system.Superuser.CreateCommand(
            """
            create function public.announce_event() returns trigger language plpgsql as
            $$ begin perform pg_notify('event_committed', new.type); return null; end $$;
            create trigger announce_event after insert on journal.event for each row execute function public.announce_event();
            """);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class EventWatch : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
        private bool _seen;

        private EventWatch(NpgsqlConnection connection, string type)
        {
            _connection = connection;
            _connection.Notification += (_, told) => _seen |= told.Payload == type;
        }

        public static async Task<EventWatch> StartAsync(AwooopSystem system, string type)
        {
            var connection = await system.Superuser.OpenConnectionAsync();
            await using var listen = new NpgsqlCommand("listen event_committed", connection);
            await listen.ExecuteNonQueryAsync();
            return new EventWatch(connection, type);
        }

        public async Task SeenAsync()
        {
            while (!_seen)
                await _connection.WaitAsync(_limit.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await _connection.DisposeAsync();
            _limit.Dispose();
        }
    }
}
