using System.Globalization;
using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Time;

namespace AwoooP.Retention;

/// <summary>When to sweep, which terms a project may have, and what is told of a sweep. Pure: the removal is between two decisions.</summary>
internal static class RetentionDecider
{
    public const string SweepWake = "sweep";

    /// <summary>After a sweep that left rows, since it had removed as many as one may.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

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

    /// <param name="batches">The last batch of each table that was looked at, with its cut.</param>
    public static Decision<RetentionEvent> Tell(
        RetentionSchedule retention, IReadOnlyList<SweptTable> batches, PlatformZone zone, DateTimeOffset now)
    {
        RemovedFromTable[] removed =
        [
            .. batches.Select(swept => new RemovedFromTable(swept.Table, swept.Batch.Total - retention.Told.GetValueOrDefault(swept.Table), swept.Cut))
                .Where(static table => table.Rows > 0),
        ];
        string[] held = [.. batches.Where(static swept => swept.Batch.IsHeld).Select(static swept => swept.Table)];
        var more = batches.Any(static swept => swept is { Batch: { IsHeld: false, IsLast: false } });
        var next = more ? now + Soon : SweepHour.After(now, zone);
        return Decision<RetentionEvent>.Of(new RetentionSwept(removed, held, more, next)).WakeAt(SweepWake, next);
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
internal readonly record struct SweptTable(string Table, DateTimeOffset Cut, RemovedBatch Batch);
