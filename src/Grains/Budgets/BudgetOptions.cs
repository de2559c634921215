using System.ComponentModel.DataAnnotations;

namespace AwoooP.Budgets;

/// <summary>
/// What models may cost a project whose people never set a plan, in US dollars. An empty value does not bind. A change holds from the start it is read at,
/// for every such project.
/// </summary>
public sealed class BudgetOptions
{
    public const string Section = "Budgets";

    private const string Least = "0";
    private const string Most = "999999.9999";

    /// <summary>Of the project in a calendar month: 50; 0 to 999,999.9999. At all of it no model is called until the next month.</summary>
    [Range(typeof(decimal), Least, Most, ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public decimal? MonthUsd { get; set; } = 50m;

    /// <summary>Of the project in a day: 5; 0 to 999,999.9999. At all of it no model is called until the next day.</summary>
    [Range(typeof(decimal), Least, Most, ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public decimal? DayUsd { get; set; } = 5m;

    /// <summary>Of each agent in a calendar month: none, so that the project's alone binds; 0 to 999,999.9999.</summary>
    [Range(typeof(decimal), Least, Most, ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public decimal? AgentMonthUsd { get; set; }

    /// <summary>Of each incident: 2; 0 to 999,999.9999. A run that asks for what does not fit any more is stopped.</summary>
    [Range(typeof(decimal), Least, Most, ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public decimal? IncidentUsd { get; set; } = 2m;

    /// <summary>Of each run: 0.5; 0 to 999,999.9999. A run that reaches it is stopped.</summary>
    [Range(typeof(decimal), Least, Most, ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public decimal? RunUsd { get; set; } = 0.5m;

    internal BudgetPlan ToPlan() => new()
    {
        Month = new Allowance(MonthUsd),
        Day = new Allowance(DayUsd),
        AgentMonth = new Allowance(AgentMonthUsd),
        Incident = new Allowance(IncidentUsd),
        Run = new Allowance(RunUsd),
    };
}
