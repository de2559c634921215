using System.Globalization;
using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Time;

namespace AwoooP.Retention;

/// <summary>When to sweep, which terms a project may have, and what is told of a sweep. Pure: the removal is between two decisions.</summary>
internal static class RetentionDecider
{
    public const string SweepWake = "sweep";

    /// <summary>After a sweep that got on and left rows, since it had removed as many as one may or had no more time.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>After a sweep in which a table failed, or that came to nothing.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    public static Decision<RetentionEvent> Schedule(RetentionSchedule retention, PlatformZone zone, DateTimeOffset now)
    {
        if (retention.NextAt is not null)
            return Decision<RetentionEvent>.Nothing;

        var next = SweepHour.After(now, zone);
        return Decision<RetentionEvent>.Of(new RetentionScheduled(next)).WakeAt(SweepWake, next);
    }

    public static Decision<RetentionEvent> SetTerms(RetentionSchedule retention, SetRetentionTerms command, IReadOnlyList<RetentionTerm> terms, string by)
    {
        FieldFault[] faults = [.. FaultsOf(command, terms)];
        if (faults.Length > 0)
            return Refusal.Invalid(faults);

        return retention.Days.Count == command.Days.Count && command.Days.All(wanted => retention.Days.TryGetValue(wanted.Key, out var days) && days == wanted.Value)
            ? Decision<RetentionEvent>.Nothing
            : new RetentionTermsSet(command.Days, by);
    }

    /// <summary>
    /// In what order a sweep takes the tables: first those that the one before did not come to, last those that failed, so that one which is stuck costs
    /// the others nothing but its time. Of those that failed, the one before has tried some and not come to others: they take turns.
    /// </summary>
    public static IEnumerable<RetentionTerm> Order(IReadOnlyList<RetentionTerm> terms, RetentionSweep? last) => last is null
        ? terms
        : terms.OrderBy(term => (Failed: last.Failed.Any(failed => failed.Table == term.Table), Reached: !last.Unreached.Contains(term.Table)));

    /// <summary>
    /// What the sweep did, and when the next comes. A table that failed before and was not reached has still failed, which is no reason to come again soon.
    /// Nor is any other where no table got on: tables that are all stuck would take the time of a whole sweep every minute.
    /// </summary>
    /// <param name="tables">Every table with a term.</param>
    public static Decision<RetentionEvent> Tell(RetentionSchedule retention, IReadOnlyList<SweptTable> tables, PlatformZone zone, DateTimeOffset now)
    {
        RemovedFromTable[] removed =
        [
            .. tables.Where(static swept => swept.Last is not null)
                .Select(swept => new RemovedFromTable(swept.Table, swept.Last!.Value.Total - retention.Told.GetValueOrDefault(swept.Table), swept.Cut))
                .Where(static table => table.Rows > 0),
        ];
        string[] held = [.. tables.Where(static swept => swept.Last is { IsHeld: true }).Select(static swept => swept.Table)];
        FailedTable[] failed =
        [
            .. tables.Where(static swept => swept.Fault is not null).Select(static swept => new FailedTable(swept.Table, swept.Fault!)),
            .. retention.LastSweep?.Failed.Where(before => tables.Any(swept => swept.IsUnreached && swept.Table == before.Table)) ?? [],
        ];
        string[] unreached = [.. tables.Where(static swept => swept.IsUnreached).Select(static swept => swept.Table)];
        var more = tables.Any(static swept => swept.Last is not null)
            && tables.Any(swept => (swept.IsUnreached || swept.Last is { IsHeld: false, IsLast: false }) && failed.All(stuck => stuck.Table != swept.Table));
        var next = SweepHour.After(now, zone);
        if (more)
            next = now + Soon;
        else if ((failed.Length > 0 || unreached.Length > 0) && now + Later < next)
            next = now + Later;
        return Decision<RetentionEvent>
            .Of(new RetentionSwept(removed, held, more, next, failed.Length > 0 ? failed : null, unreached.Length > 0 ? unreached : null))
            .WakeAt(SweepWake, next);
    }

    private static IEnumerable<FieldFault> FaultsOf(SetRetentionTerms command, IReadOnlyList<RetentionTerm> terms)
    {
        foreach (var (table, days) in command.Days.OrderBy(static wanted => wanted.Key, StringComparer.Ordinal))
        {
            if (terms.FirstOrDefault(known => known.Table == table) is not { } term)
            {
                yield return new FieldFault(
                    "$.days", "unknown_table", "A table that has no term is kept for ever.", string.Join(", ", terms.Select(static known => known.Table)));
            }
            else if (days < term.LeastDays || days > term.MostDays)
            {
                var bound = string.Create(CultureInfo.InvariantCulture, $"{term.LeastDays}..{term.MostDays}");
                yield return new FieldFault($"$.days.{table}", "out_of_range", string.Create(CultureInfo.InvariantCulture, $"{term.LeastDays} to {term.MostDays} days."), bound);
            }
        }
    }
}

/// <summary>How far a sweep came with one table.</summary>
/// <param name="Last">The last batch that was removed; null when there was none.</param>
/// <param name="Fault">Why there was no other; null when nothing failed.</param>
internal readonly record struct SweptTable(string Table, DateTimeOffset Cut, RemovedBatch? Last, string? Fault)
{
    /// <summary>There was no time for it.</summary>
    public bool IsUnreached => Last is null && Fault is null;
}
