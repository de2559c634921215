namespace AwoooP.Runtime;

/// <summary>The call was refused and not run, because too many already wait where it would have to. It may be sent again later.</summary>
public sealed class OverloadedException(string message) : Exception(message)
{
    internal static OverloadedException Of(GrainId target, int waiting) => new($"{target} is overloaded: {waiting} calls wait for it.");

    internal static OverloadedException OfSilo(string siloId) => new($"Too much waits for silo {siloId}.");

    internal static OverloadedException OfCallsFrom(string siloId) => new($"Too many calls of silo {siloId} are under way at the grain's silo.");

    internal static OverloadedException OfParked(int waiting) => new($"{waiting} calls wait for partitions that no silo owns at the moment.");
}
