using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;
using Xunit.Abstractions;

namespace AwoooP.EndToEnd;

/// <summary>What models cost is bounded while two silos ask them: people are told, everything stops at once, and what needs no model goes on.</summary>
public sealed class BudgetTests(BudgetSystem system, ITestOutputHelper output) : IClassFixture<BudgetSystem>
{
    private const int MostHeld = 12;
    private readonly TaskCompletionSource _never = new();

    [Fact]
    public async Task Budget_UsedUpByRunsOfTwoSilos_AlertsStopsThemAllAndGoesOnOnceRaised()
    {
        system.Models.Script = Answer;
        await system.SetBudgetAsync(100);
        await ActivateAsync("Ask a model", [.. Enumerable.Range(1, MostHeld).Select(Held), "Unsigned", "Spend80000", "Spend15000", "Spend5000", "TooLate", "Raised"], AskStep);
        await ActivateAsync("By rules", ["ByRules"], """{"kind":"wait","name":"Wait","seconds":1}""");

        var held = await HoldOnBothSilosAsync();
        var workers = await WorkersAsync();
        await system.FireAsync("Unsigned");
        await system.ApprovalAsync("Unsigned");
        await SpendAsync("Spend80000", [80]);
        await SpendAsync("Spend15000", [80, 95]);
        (await CountAsync(Stopped)).ShouldBe(0, "a run was stopped before the budget was used up");
        await SpendAsync("Spend5000", [80, 95, 100]);

        // The kill: what both silos have in flight is cut, and its runs end with the code of it, as does the one that nobody has signed.
        var stopped = held + 1;
        await BecomesAsync(async () => system.Models.Cut.Count == held && await CountAsync(Stopped) == stopped, "The calls in flight were not cut, or their runs not stopped");
        (await CountAsync("select count(*) from journal.event where type = 'budget.killed'")).ShouldBe(1);
        (await CountAsync("select count(distinct e.data::jsonb ->> 'by') from journal.event e where type = 'run.cancelled' and e.data::jsonb ->> 'by' like 'worker:%'"))
            .ShouldBe(2, "workers of both silos stopped theirs");
        await PrintDelaysAsync(workers);
        await BecomesAsync(() => Task.FromResult(system.Peer.Posted.Where(static message => message.Body["incident_id"] is null).DistinctBy(static message => message.Id).Count() >= 3),
            "People were not told three times");

        // New ones are refused before people are asked, without a word to the model; what needs none goes on.
        await system.FireAsync("TooLate");
        await BecomesAsync(
            async () => await CountAsync("select count(*) from journal.event where type = 'incident.plan_declined' and data::text like '%E-BUDGET-003%'") == 1,
            "A plan with a model was not declined");
        (await CountAsync("select count(*) from run_state r join incidents i using (project_id, incident_id) where i.alertname = 'TooLate'")).ShouldBe(0);
        system.Models.Asked.ShouldAllBe(static asked => !asked.Prompt.Contains("TooLate") && !asked.Prompt.Contains("Unsigned"));
        await RunAsync("ByRules");
        await CompletesAsync("ByRules");

        await system.SetBudgetAsync(200);
        await RunAsync("Raised");
        await CompletesAsync("Raised");
        system.Models.Asked.Count(static asked => asked.Prompt.Contains("Raised")).ShouldBe(1);
        await BecomesAsync(async () => await CountAsync("select count(*) from budget_ledger") >= held + 4, "A call is not in the ledger");
        (await CountAsync("select count(*) from budget_ledger")).ShouldBe(held + 4, "each call is in the ledger once");
    }

    private const string AskStep =
        """{"kind":"model","name":"Ask","agent":"triage","prompt":"Why does {{alertname}} fire?","fallback":{"cause":"unknown"},"timeout_seconds":900}""";

    private const string Stopped = "select count(*) from run_state where state = 'cancelled' and error_code = 'E-BUDGET-003'";

    private static string Held(int number) => string.Create(CultureInfo.InvariantCulture, $"Held{number}");

    /// <summary>An alert called Spend80000 costs 80 US dollars, whatever was reserved for it; one called Held is never answered.</summary>
    private ModelTurn Answer(ModelAsked asked)
    {
        var alert = AlertOf(asked);
        var answer = new ModelTurn.Answer("""{"cause":"disk"}""", 10, alert.StartsWith("Spend", StringComparison.Ordinal) ? int.Parse(alert[5..], CultureInfo.InvariantCulture) : 50);
        return alert.StartsWith("Held", StringComparison.Ordinal) ? new ModelTurn.Held(_never.Task, answer) : answer;
    }

    private static string AlertOf(ModelAsked asked) => asked.Prompt.Split(' ')[2];

    /// <summary>Starts runs until workers of both silos wait for the model. Answers how many there are.</summary>
    private async Task<int> HoldOnBothSilosAsync()
    {
        for (var held = 1; held <= MostHeld; held++)
        {
            var alert = Held(held);
            await RunAsync(alert);
            await BecomesAsync(() => Task.FromResult(system.Models.Asked.Any(asked => asked.Prompt.Contains($" {alert} "))), $"The model was not asked about {alert}");
            // The record follows the claim that came before the question.
            await BecomesAsync(async () => await CountAsync("select count(*) from run_state where state = 'running'") == held, $"{alert} is not on record");
            if (await CountAsync("select count(distinct lease_owner) from run_state where state = 'running'") == 2)
                return held;
        }

        throw new InvalidOperationException($"One silo has taken all of {MostHeld} runs.");
    }

    private async Task SpendAsync(string alert, int[] reached)
    {
        await RunAsync(alert);
        await CompletesAsync(alert);
        await BecomesAsync(async () => await CountAsync("select count(*) from journal.event where type = 'budget.threshold_reached' and grain_key = 'awoooi/project'") == reached.Length,
            $"{alert} did not lead to {reached.Length} alerts");
        foreach (var threshold in reached)
        {
            (await CountAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"select count(*) from journal.event where type = 'budget.threshold_reached' and (data::jsonb ->> 'threshold')::int = {threshold}"))).ShouldBe(1);
        }
    }

    /// <summary>Fires the alert and signs what is proposed.</summary>
    private async Task RunAsync(string alert)
    {
        await system.FireAsync(alert);
        var approval = (string)(await system.ApprovalAsync(alert))["id"]!;
        (await system.Approver.PostAsync($"v1/platform/approvals/{approval}/votes", """{"choice":"approve"}""")).ShouldSucceed();
    }

    private Task CompletesAsync(string alert) => BecomesAsync(
        async () => await CountAsync($"select count(*) from run_state r join incidents i using (project_id, incident_id) where i.alertname = '{alert}' and r.state = 'completed'") == 1,
        $"The run of {alert} did not complete");

    private async Task ActivateAsync(string name, IEnumerable<string> alerts, string step)
    {
        var playbook = new JsonObject
        {
            ["name"] = name,
            ["match"] = new JsonObject { ["alert_names"] = new JsonArray([.. alerts.Select(static alert => (JsonNode)alert)]) },
            ["action_pattern"] = "ask:{{alertname}}",
            ["steps"] = new JsonArray(JsonNode.Parse(step)),
        };
        var id = (string)(await system.Admin.PostAsync("v1/platform/playbooks", playbook.ToJsonString())).ShouldSucceed().Body["playbook_id"]!;
        await system.ActivateAsync(id);
    }

    /// <summary>The worker that holds each run, by its alert: one worker a silo.</summary>
    private async Task<IReadOnlyDictionary<string, string>> WorkersAsync()
    {
        await using var command = system.System.Superuser.CreateCommand(
            "select i.alertname, r.lease_owner from run_state r join incidents i using (project_id, incident_id) where r.state = 'running'");
        await using var reader = await command.ExecuteReaderAsync();
        var workers = new Dictionary<string, string>();
        while (await reader.ReadAsync())
            workers.Add(reader.GetString(0), reader.GetString(1));
        return workers;
    }

    /// <summary>
    /// Figures for people, since how fast a loaded machine is proves nothing: from the time that budget.killed bears to when the model saw its caller go, and
    /// to the time that run.cancelled bears. All three are read from clocks of this machine.
    /// </summary>
    /// <param name="workers">By alert.</param>
    private async Task PrintDelaysAsync(IReadOnlyDictionary<string, string> workers)
    {
        await using var at = system.System.Superuser.CreateCommand("select at from journal.event where type = 'budget.killed'");
        var killed = new DateTimeOffset((DateTime)(await at.ExecuteScalarAsync())!);
        string[] silos = [.. workers.Values.Distinct().Order(StringComparer.Ordinal)];
        foreach (var (question, cutAt) in system.Models.Cut)
        {
            var alert = AlertOf(question);
            Print($"silo {Array.IndexOf(silos, workers[alert]) + 1}: the call of {alert} was cut", cutAt - killed);
        }

        await using var ends = system.System.Superuser.CreateCommand(
            """
            select i.alertname, e.data::jsonb ->> 'by', e.at from journal.event e
            join run_state r on r.project_id = e.project_id and e.grain_key = r.project_id || '/' || r.run_id
            join incidents i on i.project_id = r.project_id and i.incident_id = r.incident_id
            where e.type = 'run.cancelled' order by e.at
            """);
        await using var reader = await ends.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var by = reader.GetString(1);
            var silo = Array.IndexOf(silos, by);
            var whose = silo < 0 ? by : $"silo {silo + 1}";
            Print($"{whose}: the run of {reader.GetString(0)} was stopped", new DateTimeOffset(reader.GetDateTime(2)) - killed);
        }

        void Print(string what, TimeSpan delay) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {delay.TotalMilliseconds:0.0} ms after budget.killed"));
    }

    private Task<long> CountAsync(string sql) => system.System.CountAsync(sql);

    private static Task BecomesAsync(Func<Task<bool>> condition, string otherwise) => Readiness.UntilAsync(_ => condition(), otherwise, CancellationToken.None);
}
