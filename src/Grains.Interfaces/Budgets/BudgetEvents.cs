using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Budgets;

public abstract record BudgetEvent;

public sealed record BudgetSet(BudgetPlan Plan, string By, string Reason) : BudgetEvent;

/// <summary>Nothing is spent in the period yet. Said with the first thing that happens in it, since an account's memory knows no calendar.</summary>
/// <param name="PeriodKey">yyyy-MM-dd of a day and yyyy-MM of a month, in the platform's zone; <c>whole</c> of an incident or a run.</param>
public sealed record BudgetPeriodBegun(BudgetPeriod Period, string PeriodKey, DateTimeOffset EndsAt) : BudgetEvent;

public sealed record SpendingReserved(Guid CallId, Spending Estimate, DateTimeOffset Deadline, ModelCall Call, Allowance? Limits = null) : BudgetEvent;

/// <summary>One row of the ledger, when the account is the project's.</summary>
/// <param name="Charged">What had been charged for the call before, as its reservation had expired.</param>
public sealed record SpendingSettled(
    Guid CallId, Spending Actual, int PromptTokens, int CompletionTokens, ModelCall Call, Spending Charged = default) : BudgetEvent;

public sealed record SpendingReleased(Guid CallId, string Reason, ModelCall Call) : BudgetEvent;

/// <summary>Nobody said what the call cost: the project's account charges the estimate, the others give it up.</summary>
public sealed record ReservationExpired(Guid CallId, Spending Charged, ModelCall Call) : BudgetEvent;

/// <summary>Once a period and threshold.</summary>
/// <param name="Threshold">80, 95 or 100.</param>
/// <param name="Unit">usd or tokens.</param>
public sealed record BudgetThresholdReached(BudgetPeriod Period, string PeriodKey, int Threshold, string Unit, Spending Spent, Allowance Limits) : BudgetEvent;

/// <summary>The project's budget is used up.</summary>
public sealed record BudgetKilled(BudgetPeriod Period, string PeriodKey, DateTimeOffset Until) : BudgetEvent;

/// <param name="Cause">raised or period_ended.</param>
public sealed record BudgetReopened(string Cause) : BudgetEvent;

public static class BudgetEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<BudgetSet>("budget.set", 1, BudgetEventJson.Default.BudgetSet),
        new EventType<BudgetPeriodBegun>("budget.period_begun", 1, BudgetEventJson.Default.BudgetPeriodBegun),
        new EventType<SpendingReserved>("budget.spending_reserved", 1, BudgetEventJson.Default.SpendingReserved),
        new EventType<SpendingSettled>("budget.spending_settled", 1, BudgetEventJson.Default.SpendingSettled),
        new EventType<SpendingReleased>("budget.spending_released", 1, BudgetEventJson.Default.SpendingReleased),
        new EventType<ReservationExpired>("budget.reservation_expired", 1, BudgetEventJson.Default.ReservationExpired),
        new EventType<BudgetThresholdReached>("budget.threshold_reached", 1, BudgetEventJson.Default.BudgetThresholdReached),
        new EventType<BudgetKilled>("budget.killed", 1, BudgetEventJson.Default.BudgetKilled),
        new EventType<BudgetReopened>("budget.reopened", 1, BudgetEventJson.Default.BudgetReopened),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BudgetSet))]
[JsonSerializable(typeof(BudgetPeriodBegun))]
[JsonSerializable(typeof(SpendingReserved))]
[JsonSerializable(typeof(SpendingSettled))]
[JsonSerializable(typeof(SpendingReleased))]
[JsonSerializable(typeof(ReservationExpired))]
[JsonSerializable(typeof(BudgetThresholdReached))]
[JsonSerializable(typeof(BudgetKilled))]
[JsonSerializable(typeof(BudgetReopened))]
internal sealed partial class BudgetEventJson : JsonSerializerContext;
