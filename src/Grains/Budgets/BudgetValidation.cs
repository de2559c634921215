using AwoooP.Commands;
using AwoooP.Contracts;

namespace AwoooP.Budgets;

/// <summary>Checks what is asked of an account before anything is made of it. Faults are told together, each with the JSON path of its field. Pure.</summary>
internal static class BudgetValidation
{
    private const string OutOfRange = "out_of_range";
    private const string UsdBound = "0..999999.9999";
    private const string TokensBound = "0..1000000000000";

    public static Refusal? Check(SetBudget command) => Check([.. PlanFaults(command.Plan), .. FreeText.RefuseUnlessSaid("$.reason", command.Reason)?.InvalidFields ?? []]);

    public static Refusal? Check(ReserveSpending command, BudgetTerms terms, DateTimeOffset now) => Check(
    [
        .. SpendingFaults("$.estimate", command.Estimate, 0),
        .. CallFaults(command.Call),
        .. DeadlineFaults(command.Deadline, now),
        .. LimitFaults(command.Limits, terms),
    ]);

    /// <summary>What the project's account takes back from the others is less than nothing.</summary>
    public static Refusal? Check(SettleSpending command, BudgetTerms terms) => Check(
    [
        .. SpendingFaults("$.actual", command.Actual, terms.IsProject ? 0 : -1),
        .. TokenFaults("$.prompt_tokens", command.PromptTokens),
        .. TokenFaults("$.completion_tokens", command.CompletionTokens),
        .. CallFaults(command.Call),
    ]);

    public static Refusal? Check(ReleaseSpending command) => FreeText.RefuseUnlessSaid("$.reason", command.Reason);

    private static Refusal? Check(FieldFault[] faults) => faults.Length == 0 ? null : Refusal.Invalid(faults);

    private static IEnumerable<FieldFault> PlanFaults(BudgetPlan plan)
    {
        (string Path, Allowance Allowance)[] parts =
        [
            ("$.plan.month", plan.Month), ("$.plan.day", plan.Day), ("$.plan.agent_month", plan.AgentMonth), ("$.plan.incident", plan.Incident), ("$.plan.run", plan.Run),
        ];
        foreach (var fault in parts.SelectMany(static part => AllowanceFaults(part.Path, part.Allowance)))
            yield return fault;

        if (plan.Agents.Count > BudgetLimits.MaxAgents)
        {
            yield return new FieldFault("$.plan.agents", "too_many_agents", $"A plan has limits for at most {BudgetLimits.MaxAgents} single agents.", $"0..{BudgetLimits.MaxAgents}");
            yield break;
        }

        foreach (var fault in plan.Agents.SelectMany(static agent => AgentFaults(agent.Key, agent.Value)))
            yield return fault;
    }

    private static IEnumerable<FieldFault> AgentFaults(string id, Allowance? allowance)
    {
        // Agents are known by their contracts: a limit under another name would never bind.
        if (!ContractId.IsName(id))
            return [new FieldFault("$.plan.agents", "invalid_name", "An agent has the name of its contract: 1 to 64 lower-case letters, digits, '.', '_' and '-', the first a letter or a digit.", "1..64")];

        return allowance is null
            ? [new FieldFault($"$.plan.agents.{id}", "missing", "An agent that is named has limits.")]
            : AllowanceFaults($"$.plan.agents.{id}", allowance);
    }

    private static IEnumerable<FieldFault> AllowanceFaults(string path, Allowance allowance)
    {
        if (allowance.Usd is { } usd && (usd is < 0 or > BudgetLimits.MaxUsd || decimal.Round(usd, 4) != usd))
            yield return new FieldFault($"{path}.usd", OutOfRange, "A limit in US dollars is 0 to 999,999.9999, with at most 4 decimals.", UsdBound);
        if (allowance.Tokens is < 0 or > BudgetLimits.MaxTokens)
            yield return new FieldFault($"{path}.tokens", OutOfRange, "A limit in tokens is 0 to 10^12.", TokensBound);
    }

    /// <param name="least">0, or -1 where an amount may be taken back.</param>
    private static IEnumerable<FieldFault> SpendingFaults(string path, Spending spending, int least)
    {
        if (spending.Usd < least * BudgetLimits.MaxUsd || spending.Usd > BudgetLimits.MaxUsd)
            yield return new FieldFault($"{path}.usd", OutOfRange, "An amount in US dollars is 0 to 999,999.9999.", UsdBound);
        if (spending.Tokens < least * BudgetLimits.MaxTokens || spending.Tokens > BudgetLimits.MaxTokens)
            yield return new FieldFault($"{path}.tokens", OutOfRange, "An amount in tokens is 0 to 10^12.", TokensBound);
    }

    private static IEnumerable<FieldFault> TokenFaults(string path, int tokens)
    {
        if (tokens < 0)
            yield return new FieldFault(path, OutOfRange, "A number of tokens is 0 or more.", $"0..{int.MaxValue}");
    }

    private static IEnumerable<FieldFault> CallFaults(ModelCall call)
    {
        if (!IsName(call.AgentId, BudgetLimits.MaxAgentId))
            yield return Name("$.call.agent_id", BudgetLimits.MaxAgentId);
        if (!IsName(call.Provider, BudgetLimits.MaxProvider))
            yield return Name("$.call.provider", BudgetLimits.MaxProvider);
        if (!ModelName.IsValid(call.Model))
            yield return new FieldFault("$.call.model", "invalid_name", $"A model's name has {ModelName.Rule}.", $"1..{ModelName.MaxLength}");
        if (call.IncidentId is not null && !IsName(call.IncidentId, BudgetLimits.MaxIncidentId))
            yield return Name("$.call.incident_id", BudgetLimits.MaxIncidentId);
    }

    private static IEnumerable<FieldFault> DeadlineFaults(DateTimeOffset deadline, DateTimeOffset now)
    {
        if (deadline <= now || deadline > now + BudgetLimits.LongestCall)
            yield return new FieldFault("$.deadline", OutOfRange, "A call is over within an hour from now.", $"now..{BudgetLimits.LongestCall}");
    }

    /// <summary>An account that is not told what binds it would bind nothing.</summary>
    private static IEnumerable<FieldFault> LimitFaults(Allowance? limits, BudgetTerms terms) => (limits, terms.IsProject) switch
    {
        (null, true) => [],
        (null, false) => [new FieldFault("$.limits", "missing", "The account is told its limits with each reservation.")],
        ({ }, true) => [new FieldFault("$.limits", "unexpected", "The project's account holds its own limits.")],
        ({ } told, false) => AllowanceFaults("$.limits", told),
    };

    private static FieldFault Name(string path, int most) =>
        new(path, "invalid_name", $"A name has 1 to {most} letters, digits, and . _ : / @ + -.", $"1..{most}");

    /// <summary>Of the same characters as a model's.</summary>
    private static bool IsName(string? name, int most) => name is { Length: >= 1 } && name.Length <= most && !name.AsSpan().ContainsAnyExcept(ModelName.Characters);
}
