using System.CommandLine;
using System.Text.Json;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class BudgetCommands
{
    internal const string Root = $"{PlatformApi.Root}/budget";

    private static readonly Argument<string?> Account = new("account")
    {
        Description = "agent:ID, incident:ID or run:ID; the project when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly QueryOption By = new("--by", "by", "day, agent, model, incident or run; day unless given.");
    private static readonly QueryOption Since = new("--since", "since", "Not before this time (ISO 8601; UTC without an offset); the beginning of this month unless given.");
    private static readonly QueryOption Until = new("--until", "until", "Before this time (ISO 8601; UTC without an offset); the end of today unless given.");
    private static readonly QueryOption Agent = new("--agent", "agent_id", "Only of this agent.");
    private static readonly QueryOption Run = new("--run", "run_id", "Only of this run.");
    private static readonly QueryOption Model = new("--model", "model", "Only of this model.");

    public static Command Create() => CommandLine.Group("budget", "What models may cost a project, and what they have cost.",
        CommandLine.Api("show", "Limits, and what is spent of them.", [Account], async (arguments, api, token) =>
            Show(arguments, await api.GetAsync(Path(arguments.GetValue(Account)), token))),
        BudgetSetCommand.Create(),
        CommandLine.Api("spend", "What models have cost, summed up; this month by day unless said otherwise.", [By, Since, Until], async (arguments, api, token) =>
            ShowSpend(arguments, await api.GetAsync($"{Root}/spend", [.. new[] { By, Since, Until }.Select(option => (option.Parameter, arguments.GetValue(option)))], token))),
        CommandLine.List(
            "ledger", "Calls of models that were paid for, newest first.", "Nothing was paid for.", [], _ => $"{Root}/ledger", [Agent, Run, SharedOptions.Incident, Model],
            "recorded_at", "agent_id", "provider", "model", "prompt_tokens", "completion_tokens", "cost_usd", "incident_id", "run_id"));

    /// <summary>The periods as a table; above it whether models are stopped, below it the plan that the limits come from.</summary>
    private static void Show(ParseResult arguments, JsonElement budget)
    {
        if (Shown.IsJson(arguments))
        {
            Shown.Json(budget);
            return;
        }

        if (budget.TryGetProperty("kill", out var kill) && kill.ValueKind == JsonValueKind.Object)
        {
            Console.WriteLine(
                $"STOPPED: no model is called; the budget of the {Text(kill, "period")} is used up since {Text(kill, "since")}, until {Text(kill, "until")} or a higher limit.\n");
        }

        Shown.Rows(
            [.. budget.GetProperty("periods").EnumerateArray()], "Nothing was reserved.",
            "period", "key", "limits.usd:limit_usd", "spent.usd:spent_usd", "reserved.usd:reserved_usd",
            "limits.tokens:limit_tokens", "spent.tokens:spent_tokens", "reserved.tokens:reserved_tokens", "percent", "ends_at");
        if (!budget.TryGetProperty("plan", out var plan))
            return;

        Console.WriteLine(budget.GetProperty("is_default").GetBoolean() ? "\nThe plan is the installation's; nobody has set one." : "\nThe plan:");
        Shown.Rows([.. BudgetPlanRows.Of(plan)], "", "limit", "usd", "tokens");
    }

    private static void ShowSpend(ParseResult arguments, JsonElement report)
    {
        if (Shown.IsJson(arguments))
        {
            Shown.Json(report);
            return;
        }

        Shown.Rows(
            [.. report.GetProperty("rows").EnumerateArray()], "Nothing was spent.", $"key:{Text(report, "by")}", "cost_usd", "prompt_tokens", "completion_tokens", "calls");
        if (report.GetProperty("has_more").GetBoolean())
            Console.Error.WriteLine("There are more, each with a lower cost: name a shorter time.");
    }

    private static string Path(string? account) => account is null ? Root : $"{Root}/accounts/{Uri.EscapeDataString(account)}";

    private static string Text(JsonElement from, string name) => FieldText.Of(name, from.GetProperty(name));
}
