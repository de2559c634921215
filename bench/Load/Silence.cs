namespace AwoooP.Bench.Load;

/// <summary>A time in which nothing was acknowledged.</summary>
/// <param name="From">Since the load began.</param>
internal readonly record struct Silence(TimeSpan From, TimeSpan Length)
{
    /// <summary>The first of the longest, which may reach from the load's beginning or to its end.</summary>
    /// <param name="acknowledged">In any order.</param>
    /// <param name="end">When the load ended; what was acknowledged after it ended a silence all the same.</param>
    public static Silence Longest(IEnumerable<TimeSpan> acknowledged, TimeSpan end)
    {
        var longest = default(Silence);
        var last = TimeSpan.Zero;
        foreach (var at in acknowledged.Order().Append(end))
        {
            if (at - last > longest.Length)
                longest = new Silence(last, at - last);
            last = at;
        }

        return longest;
    }
}
