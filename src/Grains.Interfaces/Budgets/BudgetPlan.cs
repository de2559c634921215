using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Budgets;

/// <summary>Money and tokens.</summary>
/// <param name="Usd">US dollars, to 4 places.</param>
/// <param name="Tokens">Of prompt and completion together.</param>
public readonly record struct Spending(decimal Usd, long Tokens)
{
    public static Spending operator +(Spending one, Spending other) => new(one.Usd + other.Usd, one.Tokens + other.Tokens);

    public static Spending operator -(Spending one, Spending other) => new(one.Usd - other.Usd, one.Tokens - other.Tokens);
}

/// <summary>The most that may be spent; a part that is null does not bind.</summary>
/// <param name="Usd">US dollars, 0 to 999,999.9999.</param>
/// <param name="Tokens">0 to 10^12.</param>
public sealed record Allowance(decimal? Usd = null, long? Tokens = null);

/// <summary>What a project's people let models cost. Months and days are those of the platform's zone.</summary>
public sealed record BudgetPlan
{
    /// <summary>Of the project in a calendar month.</summary>
    public Allowance Month { get; init => field = value ?? new(); } = new();

    /// <summary>Of the project in a day.</summary>
    public Allowance Day { get; init => field = value ?? new(); } = new();

    /// <summary>Of each agent in a calendar month, where <c>agents</c> says nothing else.</summary>
    public Allowance AgentMonth { get; init => field = value ?? new(); } = new();

    /// <summary>Of single agents in a calendar month, by id; at most 100.</summary>
    public IReadOnlyDictionary<string, Allowance> Agents { get; init => field = value ?? new Dictionary<string, Allowance>(); } = new Dictionary<string, Allowance>();

    /// <summary>Of each incident, from its first call to its last.</summary>
    public Allowance Incident { get; init => field = value ?? new(); } = new();

    /// <summary>Of each run.</summary>
    public Allowance Run { get; init => field = value ?? new(); } = new();

    /// <summary>What binds an agent.</summary>
    public Allowance Of(string agentId) => Agents.GetValueOrDefault(agentId) ?? AgentMonth;
}

[JsonConverter(typeof(SnakeCaseEnumConverter<BudgetPeriod>))]
public enum BudgetPeriod
{
    None = 0,
    Day,
    Month,

    /// <summary>From the first call to the last: of an incident or a run.</summary>
    Whole,
}
