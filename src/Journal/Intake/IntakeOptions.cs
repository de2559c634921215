using System.ComponentModel.DataAnnotations;

namespace AwoooP.Journal.Intake;

/// <summary>How requests are taken in and worked off.</summary>
public sealed class IntakeOptions
{
    /// <summary>
    /// Bytes, default 16 MiB. A larger payload is refused by the log. A payload says more than the request that it was made of, whose
    /// alerts may leave out ids and times: of the shortest, 1 MiB becomes about 10 MiB.
    /// </summary>
    [Range(1, 64 * 1024 * 1024)]
    public int MaxPayloadBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Items accepted and not worked off, default 1,000,000. Over it senders are told to come back later.</summary>
    [Range(1, long.MaxValue)]
    public long MaxLagItems { get; set; } = 1_000_000;

    /// <summary>Requests waiting to be written, default 20,000. Over it senders are told to come back later.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedRequests { get; set; } = 20_000;

    /// <summary>Bytes of the payloads that wait to be written, default 256 MiB. Over it senders are told to come back later.</summary>
    [Range(1, long.MaxValue)]
    public long MaxQueuedBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Streams that are worked off at the same time, each in order, default 2. Each takes one of the silo's partitions.</summary>
    [Range(1, 256)]
    public int Streams { get; set; } = 2;

    /// <summary>Transactions that append at the same time, default 1: what arrives while it waits for the disk shares the next.</summary>
    [Range(1, 16)]
    public int AppendLanes { get; set; } = 1;

    /// <summary>Requests of one append, default 2,048.</summary>
    [Range(1, 100_000)]
    public int AppendBatch { get; set; } = 2_048;

    /// <summary>Bytes of one append, default 8 MiB.</summary>
    [Range(1, 256 * 1024 * 1024)]
    public int AppendBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Items given to the consumer at once, default 49,152.</summary>
    [Range(1, 1_000_000)]
    public int ConsumeItems { get; set; } = 49_152;

    /// <summary>Bytes given to the consumer at once, default 32 MiB.</summary>
    [Range(1, 256 * 1024 * 1024)]
    public int ConsumeBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// The shortest rest of a stream after a batch, default 250 ms, while the next one gathers. It rests <see cref="IntakePump.RestRatio"/>
    /// times as long as the batch took, between this and <see cref="MaxRest"/>; a full batch ends the rest. What comes after a pause is consumed at once.
    /// </summary>
    public TimeSpan MinRest { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest rest, default 2 s: so long, at most, an alert waits in a storm before it is looked at.</summary>
    public TimeSpan MaxRest { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of accepted requests that one stream keeps in memory, default 64 MiB. What comes on top is read from the table when its turn comes.</summary>
    [Range(1, 1024 * 1024 * 1024)]
    public long MemoryBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How often positions are stored, default 500 ms. What lies between is consumed again after a crash.</summary>
    public TimeSpan CursorInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a slot of the table is written to, default 5 min. Records leave one to three slots after they were worked off.</summary>
    public TimeSpan SlotLength { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The first wait after a fault of the consumer, default 50 ms; it doubles with each further one.</summary>
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait after a fault of the consumer, default 5 s.</summary>
    public TimeSpan MaxBackOff { get; set; } = TimeSpan.FromSeconds(5);
}
