using System.ComponentModel.DataAnnotations;

namespace AwoooP.Journal.Delivery;

/// <summary>How the log is delivered. The defaults suit one silo on a few cores.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Events, default 1,000. Of one projection's transaction; larger ones cost less an event and hold locks for longer.</summary>
    [Range(1, 100_000)]
    public int ProjectionBatch { get; set; } = 1_000;

    /// <summary>Events, default 500. Of one call to a subscription.</summary>
    [Range(1, 100_000)]
    public int SubscriptionBatch { get; set; } = 500;

    /// <summary>Source aggregates that one reaction (or streams that one subscription) handles at the same time, default 64.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>Events that one reaction or subscription may have taken and not finished, default 4,096. Over it, it takes no more; the rest waits in the log.</summary>
    [Range(1, 1_000_000)]
    public int Window { get; set; } = 4_096;

    /// <summary>Events, default 1,000. Of one read of a partition by consumers that are behind.</summary>
    [Range(1, 100_000)]
    public int ReadPage { get; set; } = 1_000;

    /// <summary>Events that one partition keeps in memory for consumers that are nearly up to date, default 2,048. Slower ones read the table.</summary>
    [Range(1, 1_000_000)]
    public int TailEvents { get; set; } = 2_048;

    /// <summary>How often positions that moved without a transaction of their own are stored, default 1 s. What lies between is delivered again after a crash.</summary>
    public TimeSpan CursorInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often owned partitions are compared with the table, in case an event was committed and never told, default 15 s.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The first wait after a fault, default 50 ms; it doubles with each further one, with jitter.</summary>
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait after a fault, default 15 s.</summary>
    public TimeSpan MaxBackOff { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Attempts after which a consumer is reported as stuck, default 10. It goes on trying: an unknown fault is taken for an outage,
    /// since a wrongly skipped event is lost for good while a stuck consumer is seen and can be cured.
    /// </summary>
    [Range(1, 1_000)]
    public int StuckAfter { get; set; } = 10;

    /// <summary>How long one call to a reaction, subscription or wake-up target may take, default 30 s. A later answer is ignored and the call made again.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Wake-ups that fire at the same time, default 64.</summary>
    [Range(1, 10_000)]
    public int WakeConcurrency { get; set; } = 64;

    /// <summary>Events that one live reader may lag behind, default 1,024. Over it the reader gets a <see cref="LiveGap"/>.</summary>
    [Range(1, 1_000_000)]
    public int LiveBuffer { get; set; } = 1_024;

    /// <summary>How often a process that does not own every partition looks for events of the others while someone reads live, default 1 s.</summary>
    public TimeSpan TailInterval { get; set; } = TimeSpan.FromSeconds(1);
}
