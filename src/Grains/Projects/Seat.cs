using System.Globalization;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>
/// One of the numbered places of a quota that is exact. Whoever becomes active takes one, by a claim in that same commit, and gives it back in the
/// commit that ends it; no two hold one place, so there are never more active than places. Projects without a bound hand out places too: those who
/// were active before it was set count.
/// </summary>
/// <param name="Number">The place to take, from 0; null when all are taken.</param>
/// <param name="Held">How many were held when it was looked for.</param>
internal sealed record Seat(Quota Quota, int? Number, int Bound, int Held)
{
    /// <summary>Places that are offered beyond those held where there is no bound: room for those who come at once.</summary>
    private const int Spread = 64;

    /// <summary>Somebody else was faster: look again.</summary>
    public static Refusal Taken { get; } = new(RefusalKind.Conflict, "seat_taken", "The place was taken in the same moment.");

    /// <summary>
    /// A place that may be taken. Places at or beyond the bound may still be held after the bound was lowered, and count: only those below a limit are
    /// offered for which the limit and all that is held from there on are no more than the bound. Nobody takes a place beyond the highest such limit,
    /// and what is held there only shrinks, so however many look at once, the bound is kept.
    /// </summary>
    /// <param name="bound">Null does not bind.</param>
    /// <param name="held">The numbers that are held.</param>
    /// <param name="draw">Which of the free ones: different for those who come at once, that they need not meet.</param>
    public static Seat Find(Quota quota, int? bound, IReadOnlyCollection<int> held, uint draw)
    {
        var places = bound ?? held.Count + Spread;
        var limit = places;
        while (limit + BeyondOf(limit) > places)
            limit = places - BeyondOf(limit);

        var taken = held.ToHashSet();
        int[] free = [.. Enumerable.Range(0, Math.Max(0, limit)).Where(number => !taken.Contains(number))];
        return new Seat(quota, free.Length == 0 ? null : free[draw % (uint)free.Length], places, held.Count);

        int BeyondOf(int first) => held.Count(number => number >= first);
    }

    /// <summary>The decision with the place taken in its commit, or the refusal when there is none.</summary>
    public Decision<TEvent> Take<TEvent>(Decision<TEvent> decision)
        where TEvent : class => Number is { } number ? decision.Claim(Quota.Name, KeyOf(number), Taken) : Exceeded;

    /// <summary>The decision with a place given back in its commit.</summary>
    /// <param name="number">Null for what became active before there were places.</param>
    public static Decision<TEvent> GiveBack<TEvent>(Quota quota, int? number, Decision<TEvent> decision)
        where TEvent : class => number is { } held ? decision.Release(quota.Name, KeyOf(held)) : decision;

    private Refusal Exceeded => new(
        RefusalKind.QuotaExceeded,
        ProjectRefusals.QuotaExceeded,
        string.Create(CultureInfo.InvariantCulture, $"The project has the quota {Quota.Name} of {Bound}, and {Held} are active: this would be one more."),
        Quota: new UsedQuota(Quota.Name, Bound, Held));

    private static string KeyOf(int number) => number.ToString(CultureInfo.InvariantCulture);
}
