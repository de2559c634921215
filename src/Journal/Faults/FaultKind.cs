namespace AwoooP.Journal.Faults;

internal enum FaultKind
{
    None = 0,

    /// <summary>PostgreSQL, a grain or a network is away, or nobody knows what it is: try again.</summary>
    Outage,

    /// <summary>A retry cannot cure it.</summary>
    Deterministic,

    /// <summary>The parent row is not there yet.</summary>
    ParentMissing,
}
