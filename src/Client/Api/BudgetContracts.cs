using System.ComponentModel.DataAnnotations;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Records;

namespace AwoooP.Client.Api;

/// <summary>What models may cost a project, and what they have cost it in the day and the month that run.</summary>
/// <param name="Version">Of the project's account, as in the ETag. Every call of a model makes new ones; whether somebody changed the plan, the plan itself tells.</param>
/// <param name="IsDefault">The plan is the installation's, since nobody has set one.</param>
/// <param name="Kill">Set while the budget is used up: no model is called until an admin raises the limit or the period ends. Rule-based work goes on.</param>
/// <param name="OpenReservations">Calls of models that are under way.</param>
public sealed record BudgetDetail(
    string ProjectId,
    long Version,
    BudgetPlan Plan,
    bool IsDefault,
    BudgetKill? Kill,
    IReadOnlyList<BudgetPeriodDetail> Periods,
    int OpenReservations)
{
    internal static BudgetDetail Of(string projectId, BudgetView view) => new(
        projectId,
        view.Version,
        view.PlanOfProject(),
        view.IsDefault,
        view.Kill,
        [.. view.Periods.Select(BudgetPeriodDetail.Of)],
        view.OpenReservations);
}

/// <summary>What one agent, incident or run has cost, against what it may.</summary>
/// <param name="Account"><c>agent:ID</c>, <c>incident:ID</c> or <c>run:ID</c>.</param>
public sealed record BudgetAccountDetail(string ProjectId, string Account, long Version, IReadOnlyList<BudgetPeriodDetail> Periods, int OpenReservations)
{
    internal static BudgetAccountDetail Of(string projectId, string account, BudgetView view) => new(
        projectId, account, view.Version, [.. view.Periods.Select(BudgetPeriodDetail.Of)], view.OpenReservations);
}

/// <summary>What a period has come to.</summary>
/// <param name="Key">The day or the month, <c>2026-11-22</c> or <c>2026-11</c>, in the platform's zone.</param>
/// <param name="EndsAt">Null for what an incident or a run may cost, which has no end.</param>
/// <param name="Reserved">Set aside for calls that are under way.</param>
/// <param name="Reached">The highest of 80, 95 and 100 percent that was told of; 0 before the first.</param>
/// <param name="Percent">How much of the limit is spent, of dollars or tokens whichever is more, cut to one decimal; null where neither is limited.</param>
public sealed record BudgetPeriodDetail(
    BudgetPeriod Period,
    string Key,
    DateTimeOffset? EndsAt,
    Allowance Limits,
    BudgetAmount Spent,
    BudgetAmount Reserved,
    int Reached,
    decimal? Percent)
{
    internal static BudgetPeriodDetail Of(PeriodView view) => new(
        view.Period,
        view.Key,
        view.Period == BudgetPeriod.Whole ? null : view.EndsAt,
        view.Limits,
        BudgetAmount.Of(view.Spent),
        BudgetAmount.Of(view.Reserved),
        view.Reached,
        PercentOf(view.Spent, view.Limits));

    private static decimal? PercentOf(Spending spent, Allowance limits)
    {
        var usd = limits.Usd is { } dollars ? Share(spent.Usd, dollars) : (decimal?)null;
        var tokens = limits.Tokens is { } count ? Share(spent.Tokens, count) : (decimal?)null;
        return usd is null || tokens > usd ? tokens : usd;
    }

    /// <summary>Cut and not rounded, so that 100 is not said before it is reached. Of nothing, all is spent.</summary>
    private static decimal Share(decimal spent, decimal limit) => limit == 0 ? 100 : decimal.Truncate(spent / limit * 1000) / 10;
}

/// <summary>Money and tokens.</summary>
/// <param name="Usd">US dollars, to 4 decimals.</param>
/// <param name="Tokens">Of prompt and completion together.</param>
public sealed record BudgetAmount(decimal Usd, long Tokens)
{
    internal static BudgetAmount Of(Spending spending) => new(spending.Usd, spending.Tokens);
}

/// <summary>What models may cost the project from now on, and why.</summary>
public sealed record SetBudgetRequest
{
    /// <summary>The whole plan. A limit that is null or left out does not bind. US dollars 0 to 999,999.9999 with at most 4 decimals; tokens 0 to 10^12; at most 100 agents.</summary>
    public required BudgetPlan Plan { get; init; }

    /// <summary>It stands in the audit trail.</summary>
    [MaxLength(FreeText.MaxLength)]
    public required string Reason { get; init; }
}

/// <summary>What models have cost in a span of time, by what is asked for.</summary>
/// <param name="Until">Not included.</param>
/// <param name="Rows">Days in their order; all else with the highest cost first. A row without a key is what belongs to none.</param>
/// <param name="HasMore">There are more rows, each with a lower cost than the last.</param>
public sealed record SpendReport(string ProjectId, SpendBy By, DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<SpendRow> Rows, bool HasMore);
