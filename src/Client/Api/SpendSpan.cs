using AwoooP.Client.Http;
using AwoooP.Time;

namespace AwoooP.Client.Api;

/// <summary>The span of time that spending is summed up over: this month so far, unless a caller says otherwise.</summary>
/// <param name="To">Not included.</param>
internal readonly record struct SpendSpan(DateTimeOffset From, DateTimeOffset To)
{
    public const int MostDays = 400;

    public static SpendSpan Read(QueryBounds bounds, string? from, string? to, PlatformZone zone, DateTimeOffset now)
    {
        var today = zone.Local(now).Date;
        var span = new SpendSpan(
            bounds.Time("from", from) ?? Midnight(today.AddDays(1 - today.Day), zone),
            bounds.Time("to", to) ?? Midnight(today.AddDays(1), zone));
        bounds.Span("from", span.From, "to", span.To, MostDays);
        return span;
    }

    private static DateTimeOffset Midnight(DateTime day, PlatformZone zone) => new DateTimeOffset(day, zone.Zone.GetUtcOffset(day)).ToUniversalTime();
}
