using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace AwoooP.Journal.Hosting;

/// <summary>How this silo uses the journal. Bound and validated at start.</summary>
public sealed class JournalOptions : IValidatableObject
{
    /// <summary>The silo's stable name; two processes of one name never write at the same time. Default <c>silo-1</c>.</summary>
    [Required, StringLength(64, MinimumLength = 1)]
    public string SiloId { get; set; } = "silo-1";

    /// <summary>
    /// <c>host:port</c> at which other silos and clients reach this one. Null (the default): it takes no calls from them, and no partition
    /// of a living silo is handed to it.
    /// </summary>
    [StringLength(255, MinimumLength = 3)]
    public string? Address { get; set; }

    /// <summary>The build of this silo, as the others see it. Default: the informational version of the journal's assembly.</summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string Version { get; set; } =
        typeof(JournalOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Connection string of awooop_engine. It holds a password.</summary>
    [Required]
    public string Engine { get; set; } = "";

    /// <summary>Connection string of awooop_app.</summary>
    [Required]
    public string App { get; set; } = "";

    /// <summary>Connection string of awooop_reader.</summary>
    [Required]
    public string Reader { get; set; } = "";

    /// <summary>
    /// How long this silo may act after its last renewal. Shorter moves its work sooner when it dies, and bears less of a pause.
    /// Default 4 s, at least 1 s.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How long grains may take to end before their partitions move to another silo. What has not ended by then is left behind, and its commits
    /// are answered with 'fenced'. Default 5 s, at most 1 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReleaseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a repeated command is told its first outcome. Default 7 days.</summary>
    public TimeSpan CommandRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Commits that may wait at the same time; one more is answered with 'overloaded'. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedCommits { get; set; } = 10_000;

    /// <summary>Reads of grains that are not in memory that may wait at the same time; one more is <see cref="JournalUnavailableException"/>. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedReads { get; set; } = 10_000;

    /// <summary>Commits that share a transaction. More raise the rate and each commit's delay. Default 512.</summary>
    [Range(1, 10_000)]
    public int MaxBatchCommits { get; set; } = 512;

    /// <summary>Bytes of state and events that share a transaction; one larger commit still goes, alone. Default 8 MiB.</summary>
    [Range(1, 256 * 1024 * 1024)]
    public int MaxBatchBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Waiting commits from which the second committer lane works too. Default 48.</summary>
    [Range(1, 1_000_000)]
    public int SecondLaneBacklog { get; set; } = 48;

    /// <summary>Connections of each role's pool. Default 20.</summary>
    [Range(2, 1000)]
    public int MaxConnections { get; set; } = 20;

    /// <summary>Months of the event log that are made ahead. Default 3.</summary>
    [Range(1, 120)]
    public int MonthsAhead { get; set; } = 3;

    /// <summary>A statement ends before the lease does, so that a commit is never in doubt for longer than the silo may act.</summary>
    public TimeSpan StatementTimeout => Lease * 0.75;

    public TimeSpan LockTimeout => Lease * 0.5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lease < TimeSpan.FromSeconds(1))
            yield return new ValidationResult("The lease must be at least one second.", [nameof(Lease)]);
        if (CommandRetention < TimeSpan.FromMinutes(1))
            yield return new ValidationResult("Commands must be kept for at least a minute.", [nameof(CommandRetention)]);
    }
}
