using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Budgets;

/// <summary>One account as its events have made it. Its snapshot, too.</summary>
internal sealed record Budget : IAggregateState<Budget, BudgetEvent>
{
    public static string AggregateType => AggregateTypes.Budget;

    public static Budget Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<Budget> Json => BudgetJson.Default.Budget;

    /// <summary>Null until somebody sets one, and for every account but the project's.</summary>
    public BudgetPlan? Plan { get; init; }

    /// <summary>What the newest reservation said that binds an account which is not the project's.</summary>
    public Allowance? Limits { get; init; }

    public BudgetKill? Kill { get; init; }

    /// <summary>Those that something has happened in, the newest of each kind.</summary>
    public IReadOnlyList<PeriodTotal> Periods { get; init; } = [];

    /// <summary>What is set aside, by call. It counts in every period, since nobody knows in which one it will be spent.</summary>
    public ImmutableSortedDictionary<Guid, Reservation> Open { get; init; } = ImmutableSortedDictionary<Guid, Reservation>.Empty;

    /// <summary>What was charged as estimated and may still be settled, oldest first.</summary>
    public IReadOnlyList<Reservation> Charged { get; init; } = [];

    /// <summary>Calls of models come at any time.</summary>
    [JsonIgnore]
    public bool IsEnded => false;

    [JsonIgnore]
    public Spending Reserved => Open.Values.Aggregate(default(Spending), static (sum, reservation) => sum + reservation.Estimate);

    public PeriodTotal? Find(BudgetPeriod period) => Periods.FirstOrDefault(total => total.Period == period);

    public Reservation? FindCharged(Guid callId) => Charged.FirstOrDefault(charged => charged.CallId == callId);

    public Budget Apply(BudgetEvent @event, DateTimeOffset at) => @event switch
    {
        BudgetSet set => this with { Plan = set.Plan },
        BudgetPeriodBegun begun => With(new PeriodTotal(begun.Period, begun.PeriodKey, begun.EndsAt)),
        SpendingReserved reserved => this with
        {
            Open = Open.SetItem(reserved.CallId, new Reservation(reserved.CallId, reserved.Estimate, reserved.Deadline, reserved.Call)),
            Limits = reserved.Limits ?? Limits,
        },
        SpendingSettled settled => Without(settled.CallId).Plus(settled.Actual - settled.Charged),
        SpendingReleased released => Without(released.CallId),
        ReservationExpired expired => Expire(expired),
        BudgetThresholdReached reached => With(Find(reached.Period)! with { Reached = reached.Threshold }),
        BudgetKilled killed => this with { Kill = new BudgetKill(killed.Period, at, killed.Until) },
        BudgetReopened => this with { Kill = null },
        _ => throw new InvalidOperationException($"A budget does not know {@event.GetType().Name}."),
    };

    private Budget Expire(ReservationExpired expired)
    {
        var without = Without(expired.CallId);
        return expired.Charged == default
            ? without
            : without.Plus(expired.Charged) with
            {
                Charged = [.. without.Charged.TakeLast(BudgetLimits.MaxCharged - 1), Open[expired.CallId] with { Estimate = expired.Charged }],
            };
    }

    private Budget With(PeriodTotal total) => this with { Periods = [.. Periods.Where(other => other.Period != total.Period).Append(total).OrderBy(static each => each.Period)] };

    private Budget Plus(Spending change) => this with { Periods = [.. Periods.Select(total => total.Plus(change))] };

    private Budget Without(Guid callId) => this with
    {
        Open = Open.Remove(callId),
        Charged = FindCharged(callId) is { } charged ? [.. Charged.Where(other => other != charged)] : Charged,
    };
}
