using AwoooP.Client.Problems;
using AwoooP.Time;

namespace AwoooP.Client.Api;

/// <summary>The span of time that spending is summed up over: this month so far, unless a caller says otherwise.</summary>
/// <param name="Until">Not included.</param>
internal readonly record struct SpendSpan(DateTimeOffset Since, DateTimeOffset Until)
{
    public const int MostDays = 400;

    /// <exception cref="ProblemException">There is nothing between the two, or more than <see cref="MostDays"/>.</exception>
    public static SpendSpan Of(DateTimeOffset? since, DateTimeOffset? until, PlatformZone zone, DateTimeOffset now)
    {
        var today = zone.DayOf(now);
        var span = new SpendSpan(since ?? Start(today.AddDays(1 - today.Day), zone), until ?? Start(today.AddDays(1), zone));
        if (span.Until <= span.Since)
            throw OutOfRange("until", "until must lie after since.");

        return span.Until - span.Since <= TimeSpan.FromDays(MostDays)
            ? span
            : throw OutOfRange("since", $"since must lie at most {MostDays} days before until.", $"1..{MostDays} days");
    }

    private static ProblemException OutOfRange(string name, string message, string? bound = null) =>
        new(Problem.Invalid(new FieldError(name, "out_of_range", message, bound)));

    private static DateTimeOffset Start(DateOnly day, PlatformZone zone) => zone.StartOf(day).ToUniversalTime();
}
