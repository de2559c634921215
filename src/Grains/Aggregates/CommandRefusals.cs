using AwoooP.Commands;

namespace AwoooP.Aggregates;

internal static class CommandRefusals
{
    public static Refusal Stale(long expected, long actual) =>
        new(RefusalKind.Stale, "stale_version", $"The version is {actual}, not {expected}: read again and decide anew.");
}
