namespace AwoooP.Runs;

/// <summary>The times and bounds of every run.</summary>
public static class RunLimits
{
    /// <summary>How long a silent worker keeps its lease.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long after its last renewal a worker stops what it does, counted from before that was sent: the rest of the lease is the time that stopping takes,
    /// so that nothing of it goes on when the lease is over.
    /// </summary>
    public static readonly TimeSpan WorkerLease = TimeSpan.FromSeconds(25);

    /// <summary>How often a worker says that it is there.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>How often a run that nobody has claimed offers itself again: after a crash, while a brake is on, while its target is busy.</summary>
    public static readonly TimeSpan Offer = TimeSpan.FromSeconds(15);

    /// <summary>How long a run may take from its release to its end. A plan older than this was made for another situation.</summary>
    public static readonly TimeSpan Total = TimeSpan.FromHours(24);

    /// <summary>Characters (Unicode scalars) of a step's output or input in the log; what is over is cut and counted.</summary>
    public const int MaxStepText = 16_384;

    /// <summary>Characters of a step's output in the snapshot, which is bounded as a whole.</summary>
    public const int MaxSnapshotText = 256;

    /// <summary>Characters of a dry run check's message.</summary>
    public const int MaxCheckText = 500;
}
