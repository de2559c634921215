using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Retention;

/// <summary>The retention of one project: its own terms, and what the sweeps did. Its snapshot, too.</summary>
public sealed record RetentionSchedule : IAggregateState<RetentionSchedule, RetentionEvent>
{
    public static string AggregateType => AggregateTypes.Retention;

    public static RetentionSchedule Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<RetentionSchedule> Json => RetentionJson.Default.RetentionSchedule;

    /// <summary>The project's own terms, by table.</summary>
    public ImmutableSortedDictionary<string, int> Days { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>By table, how many rows the sweeps so far have told of: what was removed and never told, since a silo was lost, is told by the next.</summary>
    public ImmutableSortedDictionary<string, long> Told { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Older snapshots do not say which tables failed or were not reached: none are known.</summary>
    public RetentionSweep? LastSweep
    {
        get;
        init => field = value is null ? null : value with { Failed = value.Failed ?? [], Unreached = value.Unreached ?? [] };
    }

    /// <summary>It sleeps until its wake-up.</summary>
    [JsonIgnore]
    public bool IsEnded => true;

    public int DaysOf(RetentionTerm term) => Math.Clamp(Days.GetValueOrDefault(term.Table, term.DefaultDays), term.LeastDays, term.MostDays);

    public RetentionSchedule Apply(RetentionEvent @event, DateTimeOffset at) => @event switch
    {
        RetentionScheduled scheduled => this with { NextAt = scheduled.NextAt },
        RetentionTermsSet set => this with { Days = set.Days.ToImmutableSortedDictionary(StringComparer.Ordinal) },
        RetentionSwept swept => this with
        {
            Told = swept.Removed.Aggregate(Told, static (told, removed) => told.SetItem(removed.Table, told.GetValueOrDefault(removed.Table) + removed.Rows)),
            NextAt = swept.NextAt,
            LastSweep = new RetentionSweep(at, swept.Removed, swept.Held, swept.More, swept.Failed ?? [], swept.Unreached ?? []),
        },
        _ => throw new InvalidOperationException($"A retention knows no {@event.GetType().Name}."),
    };
}
