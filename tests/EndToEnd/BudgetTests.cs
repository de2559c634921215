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
        await ActivateAsync("Ask a model", [.. Enumerable.Range(1, MostHeld).Select(Held), "Spend80000", "Spend15000", "Spend5000", "TooLate", "Raised"], AskStep);
        await ActivateAsync("By rules", ["ByRules"], """{"kind":"wait","name":"Wait","seconds":1}""");

        var held = await HoldOnBothSilosAsync();
        await SpendAsync("Spend80000", [80]);
        await SpendAsync("Spend15000", [80, 95]);
        await SpendAsync("Spend5000", [80, 95, 100]);

        // The kill: what both silos have in flight is cut, and its runs end with the code of it.
        await BecomesAsync(async () => system.Models.Cut.Count == held && await CountAsync(Stopped) == held, "The calls in flight were not cut");
        (await CountAsync("select count(*) from journal.event where type = 'budget.killed'")).ShouldBe(1);
        (await CountAsync("select count(*) from journal.event where type = 'run.cancelled' and at < (select at from journal.event where type = 'budget.killed')"))
            .ShouldBe(0, "a run was stopped before the budget was used up");
        (await CountAsync("select count(distinct e.data::jsonb ->> 'by') from journal.event e where type = 'run.cancelled'")).ShouldBe(2, "workers of both silos stopped theirs");
        await PrintDelaysAsync();
        await BecomesAsync(() => Task.FromResult(system.Peer.Posted.Where(static message => message.Body["incident_id"] is null).DistinctBy(static message => message.Id).Count() >= 3),
            "People were not told three times");

        // New ones are refused without a word to the model; what needs none goes on.
        await RunAsync("TooLate");
        await BecomesAsync(async () => await CountAsync(Stopped) == held + 1, "A run with a model was not stopped");
        system.Models.Asked.ShouldAllBe(static asked => !asked.Prompt.Contains("TooLate"));
        await RunAsync("ByRules");
        await CompletesAsync("ByRules");

        await system.SetBudgetAsync(200);
        await RunAsync("Raised");
        await CompletesAsync("Raised");
        system.Models.Asked.Count(static asked => asked.Prompt.Contains("Raised")).ShouldBe(1);
        (await CountAsync("select count(*) from budget_ledger")).ShouldBe(held + 4, "each call is in the ledger once");
    }

    private const string AskStep =
        """{"kind":"model","name":"Ask","agent":"triage","prompt":"Why does {{alertname}} fire?","fallback":{"cause":"unknown"},"timeout_seconds":900}""";

    private const string Stopped = "select count(*) from run_state where state = 'cancelled' and error_code = 'E-BUDGET-003'";

    private static string Held(int number) => string.Create(CultureInfo.InvariantCulture, $"Held{number}");

    /// <summary>An alert called Spend80000 costs 80 US dollars, whatever was reserved for it; one called Held is never answered.</summary>
    private ModelTurn Answer(ModelAsked asked)
    {
        var alert = asked.Prompt.Split(' ')[2];
        var answer = new ModelTurn.Answer("""{"cause":"disk"}""", 10, alert.StartsWith("Spend", StringComparison.Ordinal) ? int.Parse(alert[5..], CultureInfo.InvariantCulture) : 50);
        return alert.StartsWith("Held", StringComparison.Ordinal) ? new ModelTurn.Held(_never.Task, answer) : answer;
    }

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

    /// <summary>A figure for people, since how fast a loaded machine is proves nothing.</summary>
    private async Task PrintDelaysAsync()
    {
        await using var command = system.System.Superuser.CreateCommand("select at from journal.event where type = 'budget.killed'");
        var killed = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!);
        foreach (var (question, at) in system.Models.Cut)
            output.WriteLine($"'{question.Prompt}' was cut {(at - killed).TotalMilliseconds:0} ms after the kill was committed.");
    }

    private Task<long> CountAsync(string sql) => system.System.CountAsync(sql);

    private static Task BecomesAsync(Func<Task<bool>> condition, string otherwise) => Readiness.UntilAsync(_ => condition(), otherwise, CancellationToken.None);
}
