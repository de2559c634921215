using AwoooP.Commands;
using AwoooP.Projects;

namespace AwoooP.Aggregates;

internal static class CommandRefusals
{
    public static Refusal ProjectRemoved { get; } = new(RefusalKind.NotFound, ProjectRefusals.NotFound, "There is no such project.");

    public static Refusal Stale(long expected, long actual) =>
        new(RefusalKind.Stale, "stale_version", $"The version is {actual}, not {expected}: read again and decide anew.");
}
