using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Client.Cli.Declared;
using AwoooP.Client.Http;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Changes the limits that are named and leaves the others as they are, after showing the difference.</summary>
internal static class BudgetSetCommand
{
    private const string Unlimited = "none";

    /// <summary>Calls of models make new versions of the account all the time: so often the plan may turn out to be the one that was shown.</summary>
    private const int Attempts = 10;

    private static readonly LimitOption[] Limits =
        [.. BudgetPlanRows.Limits.SelectMany(static limit => (LimitOption[])[new LimitOption(limit, "usd"), new LimitOption(limit, "tokens")])];

    private static readonly Option<string[]> Agents = new("--agent")
    {
        Description = "ID=USD or ID=USD,TOKENS, each a number or none, may be repeated: what one agent, by the name of its contract, may cost in a month, in the place of --agent-month. ID= takes its own limit away.",
    };

    public static Command Create() => CommandLine.Api(
        "set", "Change limits, after showing what changes. What is not named stays as it is.",
        [.. Limits, Agents, SharedOptions.Reason, Confirmation.DryRun, Confirmation.Yes],
        async (arguments, api, token) =>
        {
            var shown = await api.GetAsync(BudgetCommands.Root, token);
            var plan = JsonObject.Create(shown.GetProperty("plan"))!;
            Change(arguments, plan);
            var changes = FieldChange.Between(shown.GetProperty("plan"), JsonElement.Parse(plan.ToJsonString()));
            var project = shown.GetProperty("project_id").GetString();
            if (!Shown.IsJson(arguments))
            {
                Console.WriteLine($"budget of {project}: {FieldChange.Count(changes)}");
                foreach (var change in changes)
                    Console.WriteLine(change);
            }

            var applied = changes.Count > 0 && Confirmation.MayChange(arguments);
            if (applied)
            {
                var now = await SendAsync(api, shown, new JsonObject { ["plan"] = plan, ["reason"] = arguments.GetValue(SharedOptions.Reason) }, token);
                if (!Shown.IsJson(arguments))
                    Console.WriteLine($"budget of {project}: changed, version {now.GetProperty("version").GetRawText()}");
            }

            if (Shown.IsJson(arguments))
            {
                var told = new JsonObject { ["project_id"] = project, ["applied"] = applied, ["changes"] = FieldChange.ToJson(changes) };
                Shown.Json(JsonElement.Parse(told.ToJsonString()));
            }
        });

    private static void Change(ParseResult arguments, JsonObject plan)
    {
        var named = Limits.Where(limit => arguments.GetValue(limit) is not null).ToArray();
        var agents = arguments.GetValue(Agents) ?? [];
        if (named.Length == 0 && agents.Length == 0)
            throw new CliException(ExitCodes.Invalid, "Name a limit to set, e.g. --month-usd 100; --help says which there are.");

        foreach (var limit in named)
            Set(plan[limit.Limit]!.AsObject(), limit.Unit, Bound(limit.Name, limit.Unit, arguments.GetValue(limit)!));

        foreach (var agent in agents)
            SetAgent(plan, agent);
    }

    /// <summary>An agent's own limit stands in the place of that of all agents, so it begins as that one.</summary>
    private static void SetAgent(JsonObject plan, string text)
    {
        var agents = plan["agents"]!.AsObject();
        if (text.Split('=') is not [{ Length: > 0 } id, var limit] || limit.Split(',') is not [var usd, .. { Length: <= 1 } tokens])
            throw new CliException(ExitCodes.Invalid, "--agent must be ID=USD, ID=USD,TOKENS or ID=.");

        if (limit.Length == 0)
        {
            agents.Remove(id);
            return;
        }

        if (agents[id] is not JsonObject own)
            agents[id] = own = plan["agent_month"]!.DeepClone().AsObject();
        Set(own, "usd", Bound("--agent", "usd", usd));
        if (tokens is [var count])
            Set(own, "tokens", Bound("--agent", "tokens", count));
    }

    /// <summary>The same number written otherwise is no change.</summary>
    private static void Set(JsonObject limit, string unit, decimal? bound)
    {
        if (limit[unit]?.GetValue<decimal>() != bound)
            limit[unit] = bound;
    }

    /// <summary>Whether it is within its bounds, the API says.</summary>
    private static decimal? Bound(string option, string unit, string text)
    {
        if (text == Unlimited)
            return null;

        var style = unit == "usd" ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        return decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var bound)
            ? bound
            : throw new CliException(ExitCodes.Invalid, $"{option}: {unit} must be {(unit == "usd" ? "a number" : "a whole number")} or {Unlimited}, and not '{text}'.");
    }

    /// <summary>What was shown is what is changed: another plan in between is refused as stale, another version of the account with the same plan is not.</summary>
    private static async Task<JsonElement> SendAsync(ApiConnection api, JsonElement shown, JsonObject body, CancellationToken cancellationToken)
    {
        var version = shown.GetProperty("version").GetInt64();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await api.SendAsync(HttpMethod.Put, BudgetCommands.Root, body, cancellationToken, tag: VersionTag.Of(version));
            }
            catch (CliException refused) when (refused.ExitCode == ExitCodes.Refused && attempt < Attempts)
            {
                var now = await api.GetAsync(BudgetCommands.Root, cancellationToken);
                if (!JsonElement.DeepEquals(now.GetProperty("plan"), shown.GetProperty("plan")))
                    throw;

                version = now.GetProperty("version").GetInt64();
            }
        }
    }

    /// <summary>One limit in one unit, e.g. <c>--agent-month-usd</c>.</summary>
    private sealed class LimitOption : Option<string?>
    {
        public LimitOption(string limit, string unit)
            : base($"--{limit.Replace('_', '-')}-{unit}")
        {
            Limit = limit;
            Unit = unit;
            var what = limit switch
            {
                "month" => "the project in a calendar month",
                "day" => "the project in a day",
                "agent_month" => "each agent in a calendar month",
                _ => $"each {limit}",
            };
            Description = $"What {what} may cost, in {(unit == "usd" ? "US dollars" : "tokens")}, or {Unlimited}.";
        }

        public string Limit { get; }

        public string Unit { get; }
    }
}
