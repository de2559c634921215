namespace AwoooP.Runs;

/// <summary>The durable wake-ups of a run.</summary>
internal static class RunWakes
{
    /// <summary>Periodic: the run is there to be claimed.</summary>
    public const string Offer = "offer";

    /// <summary>The lease runs out unless it was renewed meanwhile. After an end in the middle of a step: the target is given back.</summary>
    public const string Lease = "lease";

    /// <summary>The run has taken too long as a whole.</summary>
    public const string Total = "total";
}
